package dev.selkie.training.bench;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;

/**
 * What a peer is to train.
 *
 * @param network the full name of the annotated interface, as {@link NetworkFactory#name} gives it
 * @param parameters learnable ones of Selkie's network: a peer that has others is another network
 * @param images of one step, the batch included
 * @param classes of the labels
 * @param device by its name on the command line
 * @param precision of activations and products
 * @param threads that each run may use on a CPU, the same as Selkie's
 */
public record PeerTask(
    String network,
    long parameters,
    Shape images,
    int classes,
    String device,
    Precision precision,
    int threads) {

  /** The same with another network on the same images and classes. */
  PeerTask on(NetworkFactory other) {
    return new PeerTask(
        other.name(), other.summary().parameters(), images, classes, device, precision, threads);
  }
}
