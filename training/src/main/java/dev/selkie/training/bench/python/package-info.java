/**
 * PyTorch in a process of its own as a benchmark's peer, for devices that libtorch's Java side does
 * not reach.
 */
package dev.selkie.training.bench.python;
