package dev.selkie.processor;

import static dev.selkie.processor.check.Message.BRANCHES;
import static dev.selkie.processor.check.Message.BRANCH_VALUES;
import static dev.selkie.processor.check.Message.EVEN_KERNEL;
import static dev.selkie.processor.check.Message.INPUT_COUNT;
import static dev.selkie.processor.check.Message.NOT_DIVISIBLE;
import static dev.selkie.processor.check.Message.NO_OUT;
import static dev.selkie.processor.check.Message.SHAPE_MISMATCH;
import static dev.selkie.processor.check.Message.TOO_SMALL;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes in a selective kernel. */
class SelectMessagesTest {
  @Shows(BRANCHES)
  void oneBranch(Mistake mistake) {
    mistake.inNetwork(
        "branches of mixed is 1; a selective kernel has 2 or 3",
        "@SelectiveKernel(out = 32, ‹branches› = «1») Tensor mixed(Tensor image);");
  }

  @Shows(BRANCHES)
  void noBranch(Mistake mistake) {
    mistake.inNetwork(
        "branches of mixed is 0; a selective kernel has 2 or 3",
        "@SelectiveKernel(out = 32, ‹branches› = «0») Tensor mixed(Tensor image);");
  }

  @Shows(BRANCH_VALUES)
  void threeDilationsForTwo(Mistake mistake) {
    mistake.inNetwork(
        "dilations of mixed has 3 values for 2 branches; give one for all branches or one for each",
        "@SelectiveKernel(out = 32, ‹dilations› = «{1, 2, 3}») Tensor mixed(Tensor image);");
  }

  @Shows(BRANCH_VALUES)
  void noGroups(Mistake mistake) {
    mistake.inNetwork(
        "groups of mixed has 0 values for 2 branches; give one for all branches or one for each",
        "@SelectiveKernel(out = 32, ‹groups› = «{}») Tensor mixed(Tensor image);");
  }

  @Shows(EVEN_KERNEL)
  void fourByFour(Mistake mistake) {
    mistake.inNetwork(
        "kernels of mixed has an even 4; give odd ones, so that all branches have one height and"
            + " width",
        "@SelectiveKernel(out = 32, ‹kernels› = «{3, 4}») Tensor mixed(Tensor image);");
  }

  @Shows(NO_OUT)
  void neitherOutNorWidths(Mistake mistake) {
    mistake.inNetwork(
        "mixed gives neither out nor widths; give one, such as out = 64",
        "«‹@SelectiveKernel›(groups = -1)» Tensor mixed(Tensor image);");
  }

  @Shows(TOO_SMALL)
  void dilationOfZero(Mistake mistake) {
    mistake.inNetwork(
        "dilations of mixed is 0; it must be at least 1",
        "@SelectiveKernel(out = 32, ‹dilations› = «{1, 0}») Tensor mixed(Tensor image);");
  }

  @Shows(INPUT_COUNT)
  void threeInputsForTwo(Mistake mistake) {
    mistake.inNetwork(
        "mixed reads 3 tensors, but @SelectiveKernel reads one, or one for each branch; its parameters"
            + " are named like the layers it reads",
        """
        @Relu Tensor a(Tensor image);
        @Relu Tensor b(Tensor image);
        «‹@SelectiveKernel›(out = 32)» Tensor mixed(Tensor a, Tensor b, Tensor image);
        """);
  }

  @Shows(SHAPE_MISMATCH)
  void branchesOfTwoSizes(Mistake mistake) {
    mistake.inNetwork(
        "mixed selects between 8x8x8 from a and 8x4x4 from b; give both the same strides and"
            + " paddings, such as a stride in a",
        """
        @Conv(out = 8) Tensor a(Tensor image);
        @Conv(out = 8, stride = 2) Tensor b(Tensor image);
        «‹@SelectiveKernel›(out = 32, groups = 1)» Tensor mixed(Tensor a, Tensor b);
        @Dense(out = 8) Tensor logits(Tensor mixed);
        """);
  }

  @Shows(NOT_DIVISIBLE)
  void threeChannelsInGroups(Mistake mistake) {
    mistake.inNetwork(
        "mixed has 3 input channels, not divisible by groups = 2; use groups = 1",
        """
        @SelectiveKernel(out = 32, ‹groups› = «{1, 2}») Tensor mixed(Tensor image);
        @Dense(out = 8) Tensor logits(Tensor mixed);
        """);
  }
}
