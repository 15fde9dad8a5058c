package dev.selkie.samples;

import dev.selkie.runtime.Sidecar;

/**
 * The layers of {@link SkBottleneck} in the order of its source, with the names of what they read: its
 * class file has neither. Networks of other compilations are made from this.
 */
@Sidecar(
    format = 1,
    generator = "0.1.0-SNAPSHOT",
    block = "dev.selkie.samples.SkBottleneck",
    layers = {
        "@Conv(widths = 2) reduce(x)",
        "@SelectiveKernel(strided = true, widths = 2) spatial(reduce)",
        "@Conv(activation = NONE, widths = 4) expand(spatial)",
        "@Shortcut(strided = true, widths = 4) shortcut(x)",
        "@Add(activation = RELU) out(expand, shortcut)"
    }
)
public final class SkBottleneckSidecar {
  private SkBottleneckSidecar() {
  }
}
