package dev.selkie.samples;

import dev.selkie.runtime.Sidecar;

/**
 * The layers of {@link SeBottleneck} in the order of its source, with the names of what they read: its
 * class file has neither. Networks of other compilations are made from this.
 */
@Sidecar(
    format = 1,
    generator = "0.1.0-SNAPSHOT",
    block = "dev.selkie.samples.SeBottleneck",
    layers = {
        "@Conv(widths = 1) reduce(x)",
        "@Conv(kernel = 3, strided = true, widths = 1) spatial(reduce)",
        "@Conv(activation = NONE, widths = 4) expand(spatial)",
        "@SqueezeExcite(reduction = 16) recalibrated(expand)",
        "@Shortcut(strided = true, widths = 4) shortcut(x)",
        "@Add(activation = RELU) out(recalibrated, shortcut)"
    }
)
public final class SeBottleneckSidecar {
  private SeBottleneckSidecar() {
  }
}
