package dev.selkie.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Found by {@link ServiceLoader}: makes one generated network, on any device. */
public interface NetworkFactory {
  /** The full name of the annotated interface. */
  String name();

  TrainableNetwork create(Device device, Batch batch);

  /** Layers, counts and memory, without a device. */
  NetworkSummary summary();

  /** All networks on the class path. */
  static List<NetworkFactory> all() {
    List<NetworkFactory> factories = new ArrayList<>();
    ServiceLoader.load(NetworkFactory.class).forEach(factories::add);
    return factories;
  }
}
