/**
 * PyTorch (libtorch) as a peer: the same networks in another framework, to be timed beside and
 * compared with.
 */
package dev.selkie.peer;
