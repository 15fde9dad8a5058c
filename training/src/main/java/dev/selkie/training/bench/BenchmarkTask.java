package dev.selkie.training.bench;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.NetworkFactory;
import java.util.List;

/**
 * What to measure.
 *
 * @param plain the network without what distinguishes it, to say what that costs; or null
 * @param device in the precision to measure in
 * @param batch images per step
 * @param eager whether Selkie calls verb by verb, also where a device could launch a whole step
 * @param peers that serve the device
 * @param lossSteps of which the losses are compared with those of peers that can be given weights
 */
public record BenchmarkTask(
    NetworkFactory network,
    NetworkFactory plain,
    Device device,
    int batch,
    boolean eager,
    List<BenchmarkPeer> peers,
    int lossSteps) {
  public BenchmarkTask {
    peers = List.copyOf(peers);
  }
}
