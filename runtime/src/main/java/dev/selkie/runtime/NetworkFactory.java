package dev.selkie.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Found by {@link ServiceLoader}: makes one generated network, on any device. */
public interface NetworkFactory {
  /** The full name of the annotated interface. */
  String name();

  TrainableNetwork create(Device device, Batch batch);

  /** Layers, counts and memory, without a device. */
  NetworkSummary summary();

  /**
   * All networks on the class path and the module path. One whose class is gone, but whose name is
   * still listed by the output folder that it was compiled to, is left out.
   *
   * @throws ServiceConfigurationError where a factory is there and cannot be made
   */
  static List<NetworkFactory> all() {
    List<NetworkFactory> factories = new ArrayList<>();
    Iterator<NetworkFactory> found = ServiceLoader.load(NetworkFactory.class).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return factories;
        }
        factories.add(found.next());
      } catch (ServiceConfigurationError e) {
        // The loader has no type of error for a class that is not found; it goes on to the next.
        if (!String.valueOf(e.getMessage()).endsWith(" not found")) {
          throw e;
        }
      }
    }
  }
}
