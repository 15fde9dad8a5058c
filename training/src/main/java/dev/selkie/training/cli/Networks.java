package dev.selkie.training.cli;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.checkpoint.Names;
import java.util.List;
import java.util.stream.Stream;

/** Networks by the names that people type. */
final class Networks {
  private Networks() {}

  /** A name that fits no network, or several. */
  static final class UnknownNetwork extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownNetwork(String message) {
      super(message);
    }
  }

  /** The one network with that simple or full name. */
  static NetworkFactory find(String name, List<NetworkFactory> all) throws UnknownNetwork {
    List<NetworkFactory> found =
        all.stream().filter(f -> f.name().equals(name) || simple(f.name()).equals(name)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1) {
      throw new UnknownNetwork(
          "there is more than one %s: %s; give the full name".formatted(name, names(found)));
    }
    List<String> known = all.stream().flatMap(f -> Stream.of(simple(f.name()), f.name())).toList();
    throw new UnknownNetwork(
        Names.nearest(name, known)
            .map(near -> "no network '%s'; did you mean %s?".formatted(name, near))
            .orElseGet(
                () ->
                    "no network '%s'; there are: %s"
                        .formatted(name, all.isEmpty() ? "none on the class path" : names(all))));
  }

  static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static String names(List<NetworkFactory> networks) {
    return String.join(", ", networks.stream().map(NetworkFactory::name).sorted().toList());
  }
}
