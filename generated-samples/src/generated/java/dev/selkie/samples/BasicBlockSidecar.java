package dev.selkie.samples;

import dev.selkie.runtime.Sidecar;

/**
 * The layers of {@link BasicBlock} in the order of its source, with the names of what they read: its
 * class file has neither. Networks of other compilations are made from this.
 */
@Sidecar(
    format = 1,
    generator = "0.1.0-SNAPSHOT",
    block = "dev.selkie.samples.BasicBlock",
    layers = {
        "@Conv(kernel = 3, strided = true, widths = 1) first(x)",
        "@Conv(activation = NONE, kernel = 3, widths = 1) second(first)",
        "@Shortcut(strided = true, widths = 1) shortcut(x)",
        "@Add(activation = RELU) out(second, shortcut)"
    }
)
public final class BasicBlockSidecar {
  private BasicBlockSidecar() {
  }
}
