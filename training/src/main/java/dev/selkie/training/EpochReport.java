package dev.selkie.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param loss mean over the epoch's training images
 * @param testAccuracy share of test images whose highest logit is at their label
 * @param imagesPerSecond of training, without the evaluation
 * @param seconds of training and evaluation
 * @param scaling null in any precision but float16; in JSON its values stand among the others
 */
public record EpochReport(
    int epoch,
    double loss,
    double testAccuracy,
    double imagesPerSecond,
    double seconds,
    @JsonUnwrapped LossScaling scaling) {}
