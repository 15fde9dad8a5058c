package dev.selkie.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.runtime.Layout;
import java.util.Locale;

/** What the generated class says of itself: counts, and the memory table. */
final class ClassComment {
  private ClassComment() {}

  static CodeBlock of(NetworkSource source) {
    Layout layout = source.layout();
    MemoryPlan plan = source.plan();
    return CodeBlock.of(
        """
        Training and inference of {@link $T}.

        <p>$L parameters, $L multiply-adds for one image of $L.

        <pre>
        memory of the training arena, in bytes
          parameters             $L
          their gradients        $L
          statistics, folded     $L
          per sample, kept       $L
          per sample, planned    $L  (unshared $L, alive at once $L)
          whole                  $L * batch + $L
        </pre>
        """,
        Skeleton.model(source.declaration()),
        grouped(source.summary().parameters()),
        grouped(source.summary().multiplyAdds()),
        source.input(),
        grouped(layout.decayed() + layout.plain()),
        grouped(layout.decayed() + layout.plain()),
        grouped(layout.fixed()),
        grouped(layout.workspace()),
        grouped(layout.planned()),
        grouped(plan.unshared()),
        grouped(plan.live()),
        grouped(layout.bytesPerSample()),
        grouped(layout.bytesFixed()));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
