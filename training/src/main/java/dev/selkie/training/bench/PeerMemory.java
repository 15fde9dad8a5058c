package dev.selkie.training.bench;

/**
 * Memory of a device at its peak.
 *
 * @param peakBytes that tensors took
 * @param reservedBytes that the framework took from the device to hold them; null where that is the
 *     same
 */
public record PeerMemory(long peakBytes, Long reservedBytes) {}
