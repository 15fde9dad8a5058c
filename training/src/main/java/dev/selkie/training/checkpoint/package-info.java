/** Weights in files that PyTorch reads too. */
package dev.selkie.training.checkpoint;
