package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.RandomModel;
import dev.selkie.processor.testing.Workspace;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Whatever is written, it compiles or gives our errors; never a failure of the processor. The
 * number of the repetition is the seed.
 */
class RandomModelsTest {
  /** One slip each, and what is to be said of it. */
  enum Slip {
    UNKNOWN(Message.UNKNOWN_EDGE, s -> s.replaceFirst("\\(Tensor stem\\b", "(Tensor setm")),
    SIZE(
        Message.TOO_SMALL,
        s -> s.replaceFirst("kernel = 3\\) Tensor stem", "kernel = 0) Tensor stem")),
    BARE(Message.NO_LAYER, s -> s.replaceFirst("@Dense\\(out = 8\\)", "")),
    TYPE(Message.NOT_TENSOR, s -> s.replaceFirst("Tensor logits", "int logits")),
    LOOP(
        Message.CYCLE,
        s -> s.replaceFirst("Tensor stem\\(Tensor image", "Tensor stem(Tensor logits")),
    UNUSED(
        Message.UNUSED_LAYER,
        s -> s.replaceFirst("@Dense", "@Relu Tensor aside(Tensor image); @Dense")),
    TWICE(Message.SAME_NAME, s -> s.replaceFirst("@Dense", "@Relu Tensor stem(); @Dense")),
    COUNT(Message.INPUT_COUNT, s -> s.replaceFirst("@Dense\\(out = 8\\)", "@Multiply")),
    CHANNELS(Message.NO_OUT, s -> s.replaceFirst("@Dense\\(out = 8\\)", "@Dense"));

    final Message message;
    final UnaryOperator<String> edit;

    Slip(Message message, UnaryOperator<String> edit) {
      this.message = message;
      this.edit = edit;
    }
  }

  @RepeatedTest(60)
  void soundModelsCompile(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String source = RandomModel.source(RandomModel.sound(random));
    Outcome outcome = compile(Compiler.any(random), source);
    assertEquals(List.of(), outcome.errors());
  }

  @RepeatedTest(120)
  void oneSlipIsOneError(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Slip slip = Slip.values()[repetition.getCurrentRepetition() % Slip.values().length];
    String source = RandomModel.source(RandomModel.sound(random));
    Outcome outcome = compile(Compiler.any(random), slip.edit.apply(source));
    List<String> texts = outcome.errors().stream().map(Outcome::text).toList();
    assertEquals(1, texts.size(), () -> texts + "\n" + slip.edit.apply(source));
    assertTrue(texts.get(0).startsWith("[" + slip.message.tag() + "] "), texts::toString);
  }

  @RepeatedTest(200)
  void wildModelsGiveOurErrorsOrCompile(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String source = RandomModel.source(RandomModel.wild(random));
    Outcome outcome = compile(Compiler.any(random), source);
    assertEquals(outcome.errors(), outcome.ours(), source);
    for (var error : outcome.errors()) {
      assertTrue(!Outcome.text(error).startsWith("[InternalError]"), () -> error + "\n" + source);
    }
  }

  private static Outcome compile(Compiler compiler, String source) {
    try (Workspace workspace = new Workspace()) {
      return workspace.compile(compiler, Marked.parse(source).source());
    }
  }
}
