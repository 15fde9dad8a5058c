package dev.selkie.processor.describe;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Colours and strokes of a drawing. */
final class Stylesheet {
  private static final String SHAPES =
      """
      text{font-family:"DejaVu Sans Mono",Menlo,Consolas,monospace}
      .sheet{fill:#fbfaf7}
      .frame{fill:none;stroke:#c5c9cd}
      .rule{stroke:#17212b;stroke-width:.8}
      .panel{fill:#fff;stroke:#c5ccd3}
      .head{fill:#eef2f5}
      .edge{fill:none;stroke:#7d8a97;stroke-width:1.2}
      .tip{fill:#7d8a97}
      .multiply-adds{fill:#3f6fa0}
      .bytes{fill:#d9a441}
      .field{fill:#fff;stroke:#c5ccd3}
      .grid{stroke:#e7eaed}
      .activation{fill:#a9c4dd}
      .saved{fill:#7fb09b}
      .gradient{fill:#e6b58c}
      .edged{stroke:#fff;stroke-width:.5}
      .peak{stroke:#b03a2e;stroke-width:1.4}
      .bound{stroke:#b03a2e;stroke-dasharray:4 3}
      .turn{stroke:#17212b;stroke-dasharray:2 3}
      """;

  private Stylesheet() {}

  static String css() {
    return SHAPES
        + Arrays.stream(Lettering.values())
            .map(Lettering::style)
            .collect(Collectors.joining("\n", "", "\n"));
  }
}
