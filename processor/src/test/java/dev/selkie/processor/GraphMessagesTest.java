package dev.selkie.processor;

import static dev.selkie.processor.check.Message.CYCLE;
import static dev.selkie.processor.check.Message.SEVERAL_INPUTS;
import static dev.selkie.processor.check.Message.UNKNOWN_EDGE;
import static dev.selkie.processor.check.Message.UNUSED_LAYER;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes in the edges between layers. */
class GraphMessagesTest {
  @Shows(UNKNOWN_EDGE)
  void swappedLetters(Mistake mistake) {
    mistake.inNetwork(
        "logits reads 'featuers', which is no layer of Tiny; did you mean features?",
        """
        @GlobalAveragePool Tensor features(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor «featuers»);
        """);
  }

  @Shows(UNKNOWN_EDGE)
  void wrongNumber(Mistake mistake) {
    mistake.in(
        "Unit.out reads 'b3', which is no layer of Unit; did you mean b1?",
        """
        @Block interface Unit {
          @Relu Tensor b1(Tensor x);
          @Sigmoid Tensor b2(Tensor x);
          @Relu Tensor b21(Tensor b2);
          @Add Tensor out(Tensor b1, Tensor b21, Tensor «b3»);
        }
        """);
  }

  /** What it may have meant, and who reads only that, are no further mistakes. */
  @Shows(UNKNOWN_EDGE)
  void slipBesideAnotherName(Mistake mistake) {
    mistake.inNetwork(
        "logits reads 'first3', which is no layer of Tiny; did you mean first1?",
        """
        @Conv(out = 8) Tensor first1(Tensor image);
        @Conv(out = 8) Tensor first2(Tensor first1);
        @Conv(out = 8) Tensor first4(Tensor first2);
        @Dense(out = 8) Tensor logits(Tensor «first3»);
        """);
  }

  @Shows(SEVERAL_INPUTS)
  void anotherNameAltogether(Mistake mistake) {
    mistake.inNetwork(
        "logits reads 'whatever', which is no layer of Tiny; its one input is 'image', and the nearest"
            + " layer is features",
        """
        @Conv(out = 8) Tensor features(Tensor image);
        @Conv(out = 8) Tensor b(Tensor features);
        @Dense(out = 8) Tensor logits(Tensor «whatever»);
        """);
  }

  @Shows(SEVERAL_INPUTS)
  void secondInput(Mistake mistake) {
    mistake.inNetwork(
        "gated reads 'attention', which is no layer of Tiny; its one input is 'image', and the"
            + " nearest layer is stem",
        """
        @Conv(out = 8) Tensor stem(Tensor image);
        @Multiply Tensor gated(Tensor stem, Tensor «attention»);
        """);
  }

  @Shows(CYCLE)
  void selfReading(Mistake mistake) {
    mistake.inNetwork(
        "a reads itself: a -> a; let one of them read only what comes before it",
        "@Relu Tensor a(Tensor «a»);");
  }

  @Shows(CYCLE)
  void roundThree(Mistake mistake) {
    mistake.inNetwork(
        "a reads itself: a -> b -> c -> a; let one of them read only what comes before it",
        """
        @Add Tensor a(Tensor image, Tensor c);
        @Relu Tensor b(Tensor «a»);
        @Relu Tensor c(Tensor b);
        @Dense(out = 8) Tensor logits(Tensor c);
        """);
  }

  @Shows(UNUSED_LAYER)
  void deadBranch(Mistake mistake) {
    mistake.inNetwork(
        "no layer reads aside, and the output is logits; remove it or read it",
        """
        @Dense(out = 8) Tensor logits(Tensor stem);
        @Conv(out = 8) Tensor stem(Tensor image);
        «@Relu» Tensor aside(Tensor image);
        """);
  }

  @Shows(UNUSED_LAYER)
  void lastOfEquals(Mistake mistake) {
    mistake.inNetwork(
        "no layer reads first, and the output is second; remove it or read it",
        """
        «@Relu» Tensor first(Tensor image);
        @Relu Tensor second(Tensor image);
        """);
  }
}
