package dev.selkie.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where a network runs. Never a silent substitute: a device that cannot be used is an error. */
public final class Device {
  private final BackendProvider provider;
  private final Precision precision;
  private final List<String> passedOver;

  private Device(BackendProvider provider, Precision precision, List<String> passedOver) {
    this.provider = provider;
    this.precision = precision;
    this.passedOver = passedOver;
  }

  /**
   * The device of that name.
   *
   * @throws BackendException where there is none, or it cannot be used: why, and the way out
   */
  public static Device named(String name) {
    List<BackendProvider> providers = BackendProvider.all();
    BackendProvider provider =
        providers.stream()
            .filter(p -> p.device().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new BackendException(
                        "no device '%s' on the class path, only %s; add the jar of its backend"
                            .formatted(name, names(providers))));
    provider
        .missing()
        .ifPresent(
            why -> {
              throw new BackendException("device '%s' cannot be used: %s".formatted(name, why));
            });
    return of(provider);
  }

  /**
   * The embedded default: oneDNN.
   *
   * @throws BackendException as {@link #named}
   */
  public static Device cpu() {
    return named("cpu");
  }

  /**
   * The fastest device that can be used here; {@link #name} says which it is.
   *
   * @throws BackendException where none can: why each cannot, and the way out
   */
  public static Device best() {
    return best(BackendProvider.all());
  }

  static Device best(List<BackendProvider> providers) {
    List<String> passedOver = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (BackendProvider provider : byPreference(providers)) {
      Optional<String> missing = provider.missing();
      if (missing.isEmpty()) {
        return new Device(provider, Precision.FLOAT32, List.copyOf(passedOver));
      }
      if (provider.expected()) {
        passedOver.add(
            "device '%s' is here but cannot be used: %s"
                .formatted(provider.device(), missing.get()));
        reasons.add("%s: %s".formatted(provider.device(), missing.get()));
      }
    }
    throw new BackendException(
        reasons.isEmpty()
            ? "no usable device among %s; add selkie-cpu to the class path"
                .formatted(names(providers))
            : "no device here can be used: " + String.join("; ", reasons));
  }

  /** What this machine has that is faster, and why each cannot be used; empty unless chosen. */
  public List<String> passedOver() {
    return passedOver;
  }

  /** A device that the service loader does not know: one that only writes down what it is asked. */
  public static Device of(BackendProvider provider) {
    return new Device(provider, Precision.FLOAT32, List.of());
  }

  public String name() {
    return provider.device();
  }

  /** The same device, computing in that precision; opening it fails where it cannot. */
  public Device in(Precision other) {
    return new Device(provider, other, passedOver);
  }

  public Precision precision() {
    return precision;
  }

  public Backend open() {
    return provider.open(precision);
  }

  @Override
  public String toString() {
    return name();
  }

  private static List<BackendProvider> byPreference(List<BackendProvider> providers) {
    return providers.stream()
        .filter(provider -> provider.preference() >= 0)
        .sorted(Comparator.comparingInt(BackendProvider::preference).reversed())
        .toList();
  }

  private static String names(List<BackendProvider> providers) {
    return providers.stream().map(BackendProvider::device).sorted().toList().toString();
  }
}
