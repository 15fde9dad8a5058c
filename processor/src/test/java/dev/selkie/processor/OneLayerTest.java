package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Workspace;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of one layer between input and logits compute it, in training and in inference. */
class OneLayerTest {
  private static final float[] IMAGE = {-2, -1, 0, 1, 3};

  /** Of a rate of 0, dropout hands all on in training too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@Relu Tensor logits(Tensor image); | 0 0 0 1 3",
        "@Dropout(rate = 0) Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@Dropout(rate = 0) Tensor d(Tensor image); @Dropout(rate = 0) Tensor logits(Tensor d); | -2 -1 0 1 3",
        "@Dropout(rate = 0) Tensor d(Tensor image); @Shortcut(out = 5) Tensor logits(Tensor d); | -2 -1 0 1 3",
        "@Shortcut(out = 5) Tensor s(Tensor image); @Dropout(rate = 0) Tensor logits(Tensor s); | -2 -1 0 1 3",
        "@Times(factor = 1) Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@MaxPool(kernel = 1) Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@GlobalAveragePool Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@ChannelShuffle(groups = 1) Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@ChannelSplit(part = 1, of = 1) Tensor logits(Tensor image); | -2 -1 0 1 3",
        "@PaddedShortcut(out = 6) Tensor logits(Tensor image); | -2 -1 0 1 3 0",
      })
  void computes(String layers, String logits) throws Exception {
    String[] numbers = logits.split(" ");
    float[] wanted = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      wanted[i] = Float.parseFloat(numbers[i]);
    }
    String model =
        "@Network(input = @Input(channels = 5, height = 1, width = 1)) interface Tiny { %s }";
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          workspace.compile(
              Compiler.any(new Random(layers.length())),
              Marked.parse(model.formatted(layers)).source());
      assertEquals(0, outcome.errors().size(), outcome.errors()::toString);
      URL[] path = {workspace.output().toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
          TrainableNetwork network = open(loader)) {
        network.input().write(IMAGE);
        float[] found = new float[wanted.length];
        network.forward();
        network.backward();
        network.logits().read(found);
        assertArrayEquals(wanted, found);
        network.logits().write(new float[wanted.length]);
        network.fold();
        network.infer();
        network.logits().read(found);
        assertArrayEquals(wanted, found);
      }
    }
  }

  private static TrainableNetwork open(ClassLoader loader) throws Exception {
    return (TrainableNetwork)
        Class.forName("models.TinyNetwork", true, loader)
            .getMethod("on", Device.class, Batch.class)
            .invoke(null, Device.named("reference"), Batch.batch(1));
  }
}
