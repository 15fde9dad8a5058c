package dev.selkie.training.cli;

import dev.selkie.runtime.Device;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What activations are stored in, wherever a command opens a device. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Spelling.class,
      completionCandidates = Labels.class,
      description = "What activations are stored in: ${COMPLETION-CANDIDATES}.")
  private Precision precision = Precision.FLOAT32;

  Precision precision() {
    return precision;
  }

  /** The named device, or the fastest that can be used where the name is null. */
  Device device(String name) {
    Device device = name == null ? Device.best() : Device.named(name);
    return device.in(precision);
  }

  /** As {@link Precision#toString} spells it. */
  static final class Spelling implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
      return Arrays.stream(Precision.values())
          .filter(precision -> precision.toString().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no '%s'; use one of %s".formatted(value, new Labels())));
    }
  }

  /** For help and completion. */
  static final class Labels extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Labels() {
      super(List.of(Precision.values()).stream().map(Precision::toString).toList());
    }
  }
}
