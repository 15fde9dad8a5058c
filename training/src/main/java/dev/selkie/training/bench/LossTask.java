package dev.selkie.training.bench;

import java.nio.file.Path;

/**
 * Steps that a peer is to take from weights and on a batch of Selkie's.
 *
 * @param weights a checkpoint (safetensors), under the names that PyTorch would give them
 * @param images float32, little-endian, (N, H, W, C)
 * @param labels float32, little-endian, whole numbers
 * @param steps whose losses are asked for, each before its update
 */
public record LossTask(Path weights, Path images, Path labels, int steps) {}
