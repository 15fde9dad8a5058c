/** The same network, weights and images in Selkie and in PyTorch: the same training. */
package dev.selkie.parity;
