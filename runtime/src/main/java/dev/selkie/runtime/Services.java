package dev.selkie.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Providers of a service, from named modules and from the class path, of two class loaders: the
 * runtime's own, and the calling thread's, which knows others in an application with plug-ins.
 */
final class Services {
  private Services() {}

  /**
   * One of each class, in the order in which they are found.
   *
   * @throws SelkieException where one is named that cannot be made
   */
  static <S> List<S> all(Class<S> service) {
    List<S> found = new ArrayList<>();
    Set<Class<?>> known = new HashSet<>();
    ClassLoader own = Services.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      add(found, known, ServiceLoader.load(service, own));
      if (context != null && context != own) {
        add(found, known, ServiceLoader.load(service, context));
      }
    } catch (ServiceConfigurationError e) {
      throw new SelkieException(
          "what was compiled for Selkie cannot be loaded: %s; compile it again, or take its jar off the path"
              .formatted(e.getMessage()),
          e);
    }
    return found;
  }

  private static <S> void add(List<S> found, Set<Class<?>> known, ServiceLoader<S> loader) {
    Iterator<S> providers = loader.iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        S provider = providers.next();
        if (known.add(provider.getClass())) {
          found.add(provider);
        }
      } catch (ServiceConfigurationError e) {
        // A network that is deleted may stay listed where it was compiled to. The loader has no
        // type
        // of error for a class that is not found; it goes on to the next.
        if (!String.valueOf(e.getMessage()).endsWith(" not found")) {
          throw e;
        }
      }
    }
  }
}
