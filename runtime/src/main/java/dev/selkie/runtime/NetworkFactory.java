package dev.selkie.runtime;

import java.util.List;
import java.util.ServiceLoader;

/** Found by {@link ServiceLoader}: makes one generated network, on any device. */
public interface NetworkFactory {
  /** The full name of the annotated interface. */
  String name();

  TrainableNetwork create(Device device, Batch batch);

  /** Layers, counts and memory, without a device. */
  NetworkSummary summary();

  /**
   * All networks that named modules provide, or jars and folders of the class path, for the calling
   * thread's class loader and for Selkie's own. One whose class is gone, but whose name is still
   * listed by the output folder that it was compiled to, is left out.
   *
   * @throws SelkieException where one cannot be loaded
   */
  static List<NetworkFactory> all() {
    return Services.all(NetworkFactory.class);
  }
}
