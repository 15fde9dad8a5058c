package dev.selkie.processor;

import static dev.selkie.processor.check.Message.BLOCK_CYCLE;
import static dev.selkie.processor.check.Message.NOT_A_BLOCK;
import static dev.selkie.processor.check.Message.NO_EFFECT;
import static dev.selkie.processor.check.Message.NO_WIDTH;
import static dev.selkie.processor.check.Message.TOO_SMALL;
import static dev.selkie.processor.testing.Mistake.network;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes between a stage and its block. */
class BlockMessagesTest {
  private static final String UNIT =
      "@Block interface Unit { @Conv(widths = 1) Tensor narrow(Tensor x); }\n";
  private static final String PLAIN = "@Block interface Plain { @Relu Tensor active(Tensor x); }\n";

  @Shows(NOT_A_BLOCK)
  void someInterface(Mistake mistake) {
    mistake.inNetwork(
        "stage repeats java.lang.Runnable, which is no block; name an interface that is @Block",
        "@Stage(‹block› = «Runnable.class») Tensor stage(Tensor image);");
  }

  @Shows(NOT_A_BLOCK)
  void primitive(Mistake mistake) {
    mistake.inNetwork(
        "stage repeats int, which is no block; name an interface that is @Block",
        "@Stage(‹block› = «int.class») Tensor stage(Tensor image);");
  }

  @Shows(BLOCK_CYCLE)
  void inItself(Mistake mistake) {
    mistake.in(
        "Unit contains itself: Unit -> Unit; a block repeats only other blocks",
        """
        @Block interface Unit {
          @Stage(‹block› = «Unit.class») Tensor inner(Tensor x);
        }
        """);
  }

  @Shows(NO_WIDTH)
  void stageWithoutWidth(Mistake mistake) {
    mistake.in(
        "stage gives no width, but layers of Unit count in it, such as narrow; give a width",
        UNIT + network("«‹@Stage›(block = Unit.class)» Tensor stage(Tensor image);"));
  }

  @Shows(NO_EFFECT)
  void widthForNone(Mistake mistake) {
    mistake.in(
        "width of stage is 8, but no layer of Plain takes it; remove it, or give a layer widths",
        PLAIN + network("@Stage(block = Plain.class, ‹width› = «8») Tensor stage(Tensor image);"));
  }

  @Shows(NO_EFFECT)
  void strideForNone(Mistake mistake) {
    mistake.in(
        "stride of stage is 2, but no layer of Unit takes it; remove it, or give a layer strided ="
            + " true",
        UNIT
            + network(
                "@Stage(block = Unit.class, width = 8, ‹stride› = «2»)"
                    + " Tensor stage(Tensor image);"));
  }

  /** Once, though three stages in two networks repeat it. */
  @Shows(TOO_SMALL)
  void mistakeInBlockIsShownOnce(Mistake mistake) {
    mistake.in(
        "kernel of Bad.c is 0; it must be at least 1",
        """
        @Block interface Bad { @Conv(out = 8, ‹kernel› = «0») Tensor c(Tensor x); }
        @Network(input = @Input(channels = 3, height = 8, width = 8)) interface One {
          @Stage(block = Bad.class) Tensor first(Tensor image);
          @Stage(block = Bad.class) Tensor second(Tensor first);
        }
        @Network(input = @Input(channels = 3, height = 8, width = 8)) interface Two {
          @Stage(block = Bad.class) Tensor first(Tensor image);
        }
        """);
  }
}
