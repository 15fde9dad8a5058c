package dev.selkie.conformance;

import dev.selkie.runtime.BackendProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The backends of this house, and which of them are here. */
final class Backends {
  static final List<String> ALL = List.of("cpu", "cuda", "reference");

  /** Without these a run proves nothing: their absence is a failure, not a skip. */
  static final List<String> EXPECTED = List.of("cpu", "reference");

  private static final Map<String, BackendProvider> FOUND =
      ServiceLoader.load(BackendProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .collect(Collectors.toMap(BackendProvider::device, Function.identity()));

  private Backends() {}

  static List<BackendProvider> present() {
    return FOUND.values().stream().filter(provider -> provider.missing().isEmpty()).toList();
  }

  /** Why that device cannot be used here; empty where it can. */
  static Optional<String> absence(String device) {
    BackendProvider provider = FOUND.get(device);
    return provider == null ? Optional.of("its jar is not on the class path") : provider.missing();
  }

  static BackendProvider provider(String device) {
    return FOUND.get(device);
  }
}
