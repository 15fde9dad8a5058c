package dev.selkie.processor.graph;

import static dev.selkie.processor.testing.Models.layer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.NetworkCompiler;
import dev.selkie.processor.Options;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.check.Rules;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.testing.Models;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The order of methods carries no meaning, and the same model gives the same bytes. */
class OrderTest {
  @Test
  void shuffledMethodsGiveTheSameSource() {
    List<LayerDeclaration> layers =
        new ArrayList<>(
            List.of(
                layer("stem", "Conv", "image", "out", 8, "kernel", 3),
                layer("left", "Conv", "stem", "out", 4),
                layer("right", "Conv", "stem", "out", 6, "kernel", 3),
                layer("far", "MaxPool", "stem", "kernel", 3, "stride", 1),
                layer("mixed", "Concat", "left right far"),
                layer("gated", "SqueezeExcite", "mixed"),
                layer("features", "GlobalAveragePool", "gated"),
                layer("dropped", "Dropout", "features", "rate", 0.2),
                layer("logits", "Dense", "dropped", "out", 5)));
    String expected = source(layers);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(layers, new Random(seed));
      assertEquals(expected, source(layers));
    }
  }

  @Test
  void digitsAreTheSameInEveryLocale() {
    List<LayerDeclaration> layers =
        List.of(
            layer("stem", "Conv", "image", "out", 8, "kernel", 3),
            layer("pool", "MaxPool", "stem", "kernel", 2),
            layer("logits", "Dense", "pool", "out", 5));
    String expected = source(layers);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(expected, source(layers));
    } finally {
      Locale.setDefault(before);
    }
  }

  /** The last layer first, so that every layer waits for all others, on a stack for few. */
  @Test
  void aChainMayBeLongerThanTheStackIsDeep() throws InterruptedException {
    List<LayerDeclaration> layers = new ArrayList<>();
    layers.add(layer("layer0", "Relu", "image"));
    for (int i = 1; i < 4000; i++) {
      layers.add(layer("layer" + i, "Relu", "layer" + (i - 1)));
    }
    Collections.reverse(layers);
    ModelDeclaration network = Models.network(3, 1, 1, layers);
    Problems problems = new Problems();
    AtomicReference<Graph> built = new AtomicReference<>();
    Runnable work =
        () -> {
          Rules.check(network, problems);
          built.set(GraphBuilder.build(network, problems));
        };
    Thread thread = new Thread(null, work, "small", 256 << 10);
    thread.start();
    thread.join();
    assertTrue(problems.isEmpty(), () -> problems.list().toString());
    assertEquals("layer3999", built.get().output().path());
  }

  private static String source(List<LayerDeclaration> layers) {
    Problems problems = new Problems();
    return NetworkCompiler.compile(
            Models.network(3, 8, 8, layers), new Options(true, false), problems)
        .orElseThrow(() -> new AssertionError(problems.list()))
        .source();
  }
}
