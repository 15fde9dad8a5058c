package dev.selkie.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Where a network runs. Never a silent substitute: a device that cannot be used is an error. */
public final class Device {
  private final BackendProvider provider;
  private final Precision precision;

  private Device(BackendProvider provider) {
    this(provider, Precision.FLOAT32);
  }

  private Device(BackendProvider provider, Precision precision) {
    this.provider = provider;
    this.precision = precision;
  }

  /** The device of that name. */
  public static Device named(String name) {
    List<BackendProvider> providers = providers();
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
    return new Device(provider);
  }

  /** The embedded default: oneDNN. */
  public static Device cpu() {
    return named("cpu");
  }

  /** The fastest device that can be used here; {@link #name} says which it is. */
  public static Device best() {
    List<BackendProvider> providers = providers();
    return providers.stream()
        .filter(p -> p.preference() >= 0 && p.missing().isEmpty())
        .max(Comparator.comparingInt(BackendProvider::preference))
        .map(Device::new)
        .orElseThrow(
            () ->
                new BackendException(
                    "no usable device among %s; add selkie-cpu to the class path"
                        .formatted(names(providers))));
  }

  /** A device that the service loader does not know: one that only writes down what it is asked. */
  public static Device of(BackendProvider provider) {
    return new Device(provider);
  }

  public String name() {
    return provider.device();
  }

  /** The same device, computing in that precision; opening it fails where it cannot. */
  public Device in(Precision other) {
    return new Device(provider, other);
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

  private static List<BackendProvider> providers() {
    return ServiceLoader.load(BackendProvider.class, Device.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .collect(Collectors.toList());
  }

  private static String names(List<BackendProvider> providers) {
    return providers.stream().map(BackendProvider::device).sorted().toList().toString();
  }
}
