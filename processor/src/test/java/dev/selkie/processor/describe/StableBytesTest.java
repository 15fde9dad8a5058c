package dev.selkie.processor.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.autodiff.Differentiation;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.fusion.InferenceFusion;
import dev.selkie.processor.fusion.TrainingFusion;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.GraphBuilder;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.plan.MemoryPlanner;
import dev.selkie.processor.shape.ShapeInference;
import dev.selkie.processor.shape.ShortcutResolution;
import dev.selkie.runtime.Layout;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Same input, same bytes: whenever, and wherever, it is compiled. */
class StableBytesTest {
  private static final Layout LAYOUT = new Layout(1_000_000, 2_000, 3_000, 4_000, 5_000);

  @Test
  void everyTime() {
    for (String ending : new String[] {".md", ".svg"}) {
      assertEquals(
          Samples.document(Samples.branches(), ending),
          Samples.document(Samples.branches(), ending));
    }
  }

  @Test
  void inEveryLocale() {
    Problems problems = new Problems();
    Graph shaped = ShapeInference.infer(GraphBuilder.build(Samples.branches(), problems), problems);
    Graph resolved = ShortcutResolution.resolve(shaped);
    MemoryPlan plan =
        MemoryPlanner.plan(
            Differentiation.differentiate(
                TrainingFusion.fuse(resolved), InferenceFusion.fuse(resolved)));
    Summary summary = Summary.of(shaped, resolved);
    String drawing = NetworkDrawing.of("Model", summary, LAYOUT, plan);
    String page = MarkdownSummary.of("Model", summary, LAYOUT, plan);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(drawing, NetworkDrawing.of("Model", summary, LAYOUT, plan));
      assertEquals(page, MarkdownSummary.of("Model", summary, LAYOUT, plan));
    } finally {
      Locale.setDefault(before);
    }
  }
}
