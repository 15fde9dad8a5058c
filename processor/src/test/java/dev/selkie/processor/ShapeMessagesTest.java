package dev.selkie.processor;

import static dev.selkie.processor.check.Message.CANNOT_PAD;
import static dev.selkie.processor.check.Message.KERNEL_TOO_LARGE;
import static dev.selkie.processor.check.Message.MEMORY_BUDGET;
import static dev.selkie.processor.check.Message.NOT_DIVISIBLE;
import static dev.selkie.processor.check.Message.NOT_LOGITS;
import static dev.selkie.processor.check.Message.OUTPUT_IS_INPUT;
import static dev.selkie.processor.check.Message.PARAMETER_BUDGET;
import static dev.selkie.processor.check.Message.SHAPE_MISMATCH;
import static dev.selkie.processor.check.Message.TOO_LARGE;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes that show once shapes are known, and budgets. */
class ShapeMessagesTest {
  @Shows(SHAPE_MISMATCH)
  void sumOfTwoStrides(Mistake mistake) {
    mistake.in(
        "stage.0.out adds 8x4x4 from spatial to 8x8x8 from shortcut; mark the shortcut strided",
        """
        @Block interface Unit {
          @Conv(widths = 1, kernel = 3, strided = true) Tensor spatial(Tensor x);
          @Shortcut(widths = 1) Tensor shortcut(Tensor x);
          «@Add» Tensor out(Tensor spatial, Tensor shortcut);
        }
        @Network(input = @Input(channels = 3, height = 8, width = 8))
        interface Tiny {
          @Stage(block = Unit.class, width = 8, repeat = 2, stride = 2) Tensor stage(Tensor image);
          @Dense(out = 8) Tensor logits(Tensor stage);
        }
        """);
  }

  @Shows(SHAPE_MISMATCH)
  void concatOfTwoStrides(Mistake mistake) {
    mistake.inNetwork(
        "both concatenates 8x8x8 from a and 8x4x4 from b; give both the same strides and paddings,"
            + " such as a stride in a",
        """
        @Conv(out = 8) Tensor a(Tensor image);
        @Conv(out = 8, stride = 2) Tensor b(Tensor image);
        «@Concat» Tensor both(Tensor a, Tensor b);
        @Dense(out = 8) Tensor logits(Tensor both);
        """);
  }

  @Shows(NOT_DIVISIBLE)
  void threeChannelsInTwoGroups(Mistake mistake) {
    mistake.inNetwork(
        "stem has 3 input channels, not divisible by groups = 2; use groups = 1",
        """
        @Conv(out = 8, ‹groups› = «2») Tensor stem(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor stem);
        """);
  }

  @Shows(NOT_DIVISIBLE)
  void threeChannelsShuffledInTwoGroups(Mistake mistake) {
    mistake.inNetwork(
        "dealt has 3 input channels, not divisible by groups = 2; use groups = 1",
        """
        @ChannelShuffle(‹groups› = «2») Tensor dealt(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor dealt);
        """);
  }

  @Shows(NOT_DIVISIBLE)
  void halfOfThreeChannels(Mistake mistake) {
    mistake.inNetwork(
        "half has 3 input channels, not divisible by of = 2; use of = 1",
        """
        «‹@ChannelSplit›(part = 1)» Tensor half(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor half);
        """);
  }

  @Shows(CANNOT_PAD)
  void fewerChannelsThanThereAre(Mistake mistake) {
    mistake.inNetwork(
        "narrow pads 3 channels to 2; ask for at least 3, or read them through a @Shortcut",
        """
        «‹@PaddedShortcut›(out = 2)» Tensor narrow(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor narrow);
        """);
  }

  @Shows(KERNEL_TOO_LARGE)
  void nineOnEight(Mistake mistake) {
    mistake.inNetwork(
        "stem has a 9 kernel, larger than its padded input of 8; shrink the kernel or the strides"
            + " before it",
        """
        @Conv(out = 8, ‹kernel› = «9», padding = 0) Tensor stem(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor stem);
        """);
  }

  @Shows(TOO_LARGE)
  void twoBillionChannels(Mistake mistake) {
    mistake.inNetwork(
        "stem is too large: its values or its weights exceed 2^31 - 1; make the input, the channels,"
            + " the kernel or the repeats smaller",
        """
        «‹@Conv›(out = 2_000_000_000)» Tensor stem(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor stem);
        """);
  }

  @Shows(TOO_LARGE)
  void imageOfTenBillionPixels(Mistake mistake) {
    mistake.in(
        "the input of Tiny is too large: 3x50000x200000 values take more than 2^31 - 1 bytes; make the"
            + " input, the channels, the kernel or the repeats smaller",
        """
        @Network(input = @Input(channels = 3, height = 50_000, ‹width› = «200_000»))
        interface Tiny {
          @GlobalAveragePool Tensor features(Tensor image);
          @Dense(out = 8) Tensor logits(Tensor features);
        }
        """);
  }

  @Shows(TOO_LARGE)
  void shortcutOfAllThereIs(Mistake mistake) {
    mistake.inNetwork(
        "far is too large: its values or its weights exceed 2^31 - 1; make the input, the channels,"
            + " the kernel or the repeats smaller",
        """
        «‹@Shortcut›(out = 65_536, kernel = Integer.MAX_VALUE, stride = 8)» Tensor far(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor far);
        """);
  }

  @Shows(TOO_LARGE)
  void moreLayersThanOneClassHolds(Mistake mistake) {
    mistake.in(
        "stage.0 is too large: Java has no room for so many layers in one class; make the input, the"
            + " channels, the kernel or the repeats smaller",
        """
        @Block interface Relus {
          @Relu Tensor on(Tensor x);
        }
        @Block interface Unit {
          @Stage(block = Relus.class, ‹repeat› = «2_000») Tensor inner(Tensor x);
        }
        @Network(input = @Input(channels = 3, height = 8, width = 8))
        interface Tiny {
          @Stage(block = Unit.class, repeat = 2) Tensor stage(Tensor image);
          @Dense(out = 8) Tensor logits(Tensor stage);
        }
        """);
  }

  @Shows(TOO_LARGE)
  void moreUnitsThanOneClassHolds(Mistake mistake) {
    mistake.in(
        "Tiny is too large: Java has no room for so many layers in one class; make the input, the"
            + " channels, the kernel or the repeats smaller",
        """
        @Block interface Unit {
          @Relu Tensor on(Tensor x);
        }
        @Network(input = @Input(channels = 1, height = 1, width = 1))
        interface Tiny {
          @Stage(block = Unit.class, ‹repeat› = «4_100») Tensor stage(Tensor image);
          @Dense(out = 8) Tensor logits(Tensor stage);
        }
        """);
  }

  @Shows(OUTPUT_IS_INPUT)
  void shortcutThatFits(Mistake mistake) {
    mistake.in(
        "the output logits is the input itself, since no layer changes it; end with one that does,"
            + " such as @Dense",
        """
        @Network(input = @Input(channels = 3, height = 1, width = 1))
        interface Tiny {
          «‹@Shortcut›(out = 3)» Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(OUTPUT_IS_INPUT)
  void stageOfIdentities(Mistake mistake) {
    mistake.in(
        "the output logits is the input itself, since no layer changes it; end with one that does,"
            + " such as @Dense",
        """
        @Block interface Unit {
          @PaddedShortcut(out = 3) Tensor same(Tensor x);
          @Shortcut(widths = 1) Tensor again(Tensor same);
        }
        @Network(input = @Input(channels = 3, height = 1, width = 1))
        interface Tiny {
          «‹@Stage›(block = Unit.class, width = 3, repeat = 2)» Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(NOT_LOGITS)
  void endsInSpace(Mistake mistake) {
    mistake.inNetwork(
        "the output stem is 8x8x8, but logits are classes x 1 x 1; end with @GlobalAveragePool or"
            + " @Dense",
        "«‹@Conv›(out = 8)» Tensor stem(Tensor image);");
  }

  /** 3 x 8 x 8 inputs for each of 8 outputs, and 8 biases. */
  @Shows(PARAMETER_BUDGET)
  void oneParameterTooMany(Mistake mistake) {
    mistake.in(
        "Tiny has 1544 parameters, above maxParameters = 1543",
        """
        @Network(
          input = @Input(channels = 3, height = 8, width = 8), ‹maxParameters› = «1543»)
        interface Tiny {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """);
  }

  /** Input and its copy in the batch alone are 2 x 1,000 x 3 x 8 x 8 floats, 1.5 MB. */
  @Shows(MEMORY_BUDGET)
  void oneMegabyte(Mistake mistake) {
    mistake.starting(
        "Tiny needs ",
        """
        @Network(
          input = @Input(channels = 3, height = 16, width = 16),
          batch = 1000,
          ‹maxMegabytes› = «1»)
        interface Tiny {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(TOO_LARGE)
  void twoBillionUnits(Mistake m) {
    m.inNetwork(
        "stage is too large: the network has more than 50000 operations; make the input, the"
            + " channels, the kernel or the repeats smaller",
        """
        @Stage(block = Unit.class, width = 4, ‹repeat› = «2147483647») Tensor stage(Tensor image);
        @Dense(out = 2) Tensor logits(Tensor stage);

        @Block
        interface Unit {
          @Conv(widths = 1) Tensor only(Tensor x);
        }
        """);
  }
}
