package dev.selkie.training;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a run keeps, and what it may begin with.
 *
 * @param folder null for none
 * @param resume whether to go on from the newest checkpoint
 * @param overwrite whether checkpoints of an earlier run may be removed
 * @param otherNetwork whether to go on from another network's checkpoint
 * @param kept newest epochs to keep
 * @param everySteps steps between checkpoints within an epoch; 0 for none
 * @param metadata strings for the headers
 */
record CheckpointPlan(
    Path folder,
    boolean resume,
    boolean overwrite,
    boolean otherNetwork,
    int kept,
    int everySteps,
    Map<String, String> metadata) {}
