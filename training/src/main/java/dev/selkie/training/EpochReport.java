package dev.selkie.training;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param loss mean over the epoch's training images
 * @param testAccuracy share of test images whose highest logit is at their label
 * @param imagesPerSecond of training, without the evaluation
 * @param seconds of training and evaluation
 */
public record EpochReport(
    int epoch, double loss, double testAccuracy, double imagesPerSecond, double seconds) {}
