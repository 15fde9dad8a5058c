package dev.selkie.processor;

import static dev.selkie.processor.check.Message.BAD_FACTOR;
import static dev.selkie.processor.check.Message.CEIL_COUNTS_PADDING;
import static dev.selkie.processor.check.Message.DROPOUT_RATE;
import static dev.selkie.processor.check.Message.NO_OUT;
import static dev.selkie.processor.check.Message.NO_SCALE;
import static dev.selkie.processor.check.Message.NO_SUCH_PART;
import static dev.selkie.processor.check.Message.ONLY_IN_BLOCK;
import static dev.selkie.processor.check.Message.OUT_AND_WIDTHS;
import static dev.selkie.processor.check.Message.PADDING_TOO_LARGE;
import static dev.selkie.processor.check.Message.STRIDE_AND_STRIDED;
import static dev.selkie.processor.check.Message.TOO_SMALL;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes in the values of one layer. */
class ValueMessagesTest {
  @Shows(TOO_SMALL)
  void kernelOfZero(Mistake mistake) {
    mistake.inNetwork(
        "kernel of stem is 0; it must be at least 1",
        "@Conv(out = 8, ‹kernel› = «0») Tensor stem(Tensor image);");
  }

  @Shows(TOO_SMALL)
  void paddingBelowSame(Mistake mistake) {
    mistake.inNetwork(
        "padding of stem is -2; it must be at least -1",
        "@Conv(out = 8, ‹padding› = «-2») Tensor stem(Tensor image);");
  }

  @Shows(TOO_SMALL)
  void negativeOut(Mistake mistake) {
    mistake.inNetwork(
        "out of stem is -8; it must be at least 0",
        "@Conv(‹out› = «-8») Tensor stem(Tensor image);");
  }

  @Shows(TOO_SMALL)
  void imageWithoutHeight(Mistake mistake) {
    mistake.in(
        "height of the input of Tiny is 0; it must be at least 1",
        """
        @Network(input = @Input(channels = 3, ‹height› = «0», width = 8))
        interface Tiny {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(TOO_SMALL)
  void negativeBudget(Mistake mistake) {
    mistake.in(
        "maxParameters of Tiny is -1; it must be at least 0",
        """
        @Network(input = @Input(channels = 3, height = 8, width = 8), ‹maxParameters› = «-1»)
        interface Tiny {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(DROPOUT_RATE)
  void rateOfOne(Mistake mistake) {
    mistake.inNetwork(
        "rate of dropped is 1.0; it must be at least 0 and below 1",
        "@Dropout(‹rate› = «1») Tensor dropped(Tensor image);");
  }

  @Shows(DROPOUT_RATE)
  void rateThatIsNoNumber(Mistake mistake) {
    mistake.inNetwork(
        "rate of dropped is NaN; it must be at least 0 and below 1",
        "@Dropout(‹rate› = «0.0 / 0») Tensor dropped(Tensor image);");
  }

  @Shows(DROPOUT_RATE)
  void rateThatFloatRoundsToOne(Mistake mistake) {
    mistake.inNetwork(
        "rate of dropped is 0.99999999; it must be at least 0 and below 1",
        "@Dropout(‹rate› = «0.99999999») Tensor dropped(Tensor image);");
  }

  @Shows(OUT_AND_WIDTHS)
  void both(Mistake mistake) {
    mistake.in(
        "Unit.half gives both out and widths; give one",
        """
        @Block interface Unit {
          @Conv(out = 8, ‹widths› = «2») Tensor half(Tensor x);
        }
        """);
  }

  @Shows(NO_OUT)
  void neither(Mistake mistake) {
    mistake.inNetwork(
        "stem gives neither out nor widths; give one, such as out = 64",
        "«‹@Conv›(kernel = 3)» Tensor stem(Tensor image);");
  }

  @Shows(ONLY_IN_BLOCK)
  void widthsInNetwork(Mistake mistake) {
    mistake.inNetwork(
        "widths of stem needs the width of a @Stage; give out here, or move it to a @Block",
        "@Conv(‹widths› = «2») Tensor stem(Tensor image);");
  }

  @Shows(ONLY_IN_BLOCK)
  void stridedInNetwork(Mistake mistake) {
    mistake.inNetwork(
        "strided of pool needs the stride of a @Stage; give stride here, or move it to a @Block",
        "@MaxPool(kernel = 2, ‹strided› = «true») Tensor pool(Tensor image);");
  }

  @Shows(STRIDE_AND_STRIDED)
  void twoStrides(Mistake mistake) {
    mistake.in(
        "Unit.half gives both stride = 2 and strided; give one",
        """
        @Block interface Unit {
          @Conv(out = 8, ‹stride› = «2», strided = true) Tensor half(Tensor x);
        }
        """);
  }

  @Shows(TOO_SMALL)
  void groupsOfZero(Mistake mistake) {
    mistake.inNetwork(
        "groups of stem is 0; it must be at least 1",
        "@Conv(out = 8, ‹groups› = «0») Tensor stem(Tensor image);");
  }

  @Shows(NO_SUCH_PART)
  void thirdHalf(Mistake mistake) {
    mistake.inNetwork(
        "half takes part 3 of 2; parts count from 1 to 2",
        "@ChannelSplit(‹part› = «3») Tensor half(Tensor image);");
  }

  @Shows(BAD_FACTOR)
  void factorOfZero(Mistake mistake) {
    mistake.inNetwork(
        "factor of damped is 0.0; it must be a number other than 0",
        "@Times(‹factor› = «0») Tensor damped(Tensor image);");
  }

  @Shows(NO_SCALE)
  void scaleWithoutNorm(Mistake mistake) {
    mistake.inNetwork(
        "stem has no norm whose scale could start from ZERO; remove scale or give a norm",
        "@Conv(out = 8, norm = Norm.NONE, ‹scale› = «Scale.ZERO») Tensor stem(Tensor image);");
  }

  @Shows(CEIL_COUNTS_PADDING)
  void windowsBeyondCountedPadding(Mistake mistake) {
    mistake.inNetwork(
        "pool rounds its size up, so that a window may reach beyond the padding, but counts padding;"
            + " give countPadding = false or padding = 0",
        "@AveragePool(kernel = 3, ‹ceil› = «true») Tensor pool(Tensor image);");
  }

  @Shows(PADDING_TOO_LARGE)
  void windowOfPadding(Mistake mistake) {
    mistake.inNetwork(
        "padding of pool is 2, so that a window of kernel = 3 could see nothing else; at most 1",
        "@MaxPool(kernel = 3, ‹padding› = «2») Tensor pool(Tensor image);");
  }
}
