package dev.selkie.processor;

import static dev.selkie.processor.check.Message.INPUT_COUNT;
import static dev.selkie.processor.check.Message.NOT_ABSTRACT;
import static dev.selkie.processor.check.Message.NOT_TENSOR;
import static dev.selkie.processor.check.Message.NO_LAYER;
import static dev.selkie.processor.check.Message.SAME_NAME;
import static dev.selkie.processor.check.Message.SEVERAL_LAYERS;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes in the form of one method. */
class MethodMessagesTest {
  @Shows(NOT_ABSTRACT)
  void staticMethod(Mistake mistake) {
    mistake.inNetwork(
        "stem is no abstract method; a layer is an abstract method without type parameters and"
            + " exceptions",
        "@Relu static Tensor ‹«stem»(Tensor image)› { return image; }");
  }

  @Shows(NOT_ABSTRACT)
  void defaultMethod(Mistake mistake) {
    mistake.inNetwork(
        "stem is no abstract method; a layer is an abstract method without type parameters and"
            + " exceptions",
        "@Relu default Tensor ‹«stem»(Tensor image)› { return image; }");
  }

  @Shows(NOT_ABSTRACT)
  void genericMethod(Mistake mistake) {
    mistake.inNetwork(
        "stem is generic; a layer is an abstract method without type parameters and exceptions",
        "@Relu <T> Tensor ‹«stem»(Tensor image)›;");
  }

  @Shows(NOT_ABSTRACT)
  void throwing(Mistake mistake) {
    mistake.inNetwork(
        "stem is declared to throw; a layer is an abstract method without type parameters and"
            + " exceptions",
        "@Relu Tensor ‹«stem»(Tensor image) throws Exception›;");
  }

  @Shows(NO_LAYER)
  void noAnnotation(Mistake mistake) {
    mistake.inNetwork(
        "stem has no layer annotation; add one, such as @Relu, or remove the method",
        "@Deprecated Tensor ‹«stem»(Tensor image)›;");
  }

  @Shows(SEVERAL_LAYERS)
  void twoAnnotations(Mistake mistake) {
    mistake.inNetwork(
        "stem is both @Conv and @Relu; make it two methods, one layer each",
        "@Conv(out = 8) «@Relu» Tensor stem(Tensor image);");
  }

  @Shows(SAME_NAME)
  void overload(Mistake mistake) {
    mistake.inNetwork(
        "two layers are named stem; rename one, since edges are names",
        """
        @Relu Tensor stem(Tensor image);
        @Add Tensor ‹«stem»(Tensor image, Tensor image2)›;
        """);
  }

  @Shows(NOT_TENSOR)
  void returnsNothing(Mistake mistake) {
    mistake.inNetwork(
        "stem is of type void; layers read and give dev.selkie.runtime.Tensor",
        "@Relu void ‹«stem»(Tensor image)›;");
  }

  @Shows(NOT_TENSOR)
  void readsNumber(Mistake mistake) {
    mistake.inNetwork(
        "'image' of stem is of type int; layers read and give dev.selkie.runtime.Tensor",
        "@Relu Tensor stem(int «image»);");
  }

  @Shows(NOT_TENSOR)
  void readsSeveral(Mistake mistake) {
    mistake.inNetwork(
        "'images' of stem is of type dev.selkie.runtime.Tensor[]; layers read and give"
            + " dev.selkie.runtime.Tensor",
        "@Relu Tensor stem(Tensor... «images»);");
  }

  @Shows(INPUT_COUNT)
  void sumOfOne(Mistake mistake) {
    mistake.inNetwork(
        "sum reads 1 tensors, but @Add reads two or more; its parameters are named like the layers"
            + " it reads",
        "«@Add» Tensor sum(Tensor image);");
  }

  @Shows(INPUT_COUNT)
  void productOfThree(Mistake mistake) {
    mistake.inNetwork(
        "gated reads 3 tensors, but @Multiply reads two; its parameters are named like the layers"
            + " it reads",
        """
        @Relu Tensor a(Tensor image);
        @Sigmoid Tensor b(Tensor image);
        «@Multiply» Tensor gated(Tensor a, Tensor b, Tensor image);
        """);
  }

  @Shows(INPUT_COUNT)
  void convolutionOfTwo(Mistake mistake) {
    mistake.inNetwork(
        "last reads 2 tensors, but @Conv reads one; join them in an @Add or a @Concat first",
        """
        @Relu Tensor a(Tensor image);
        «‹@Conv›(out = 8)» Tensor last(Tensor a, Tensor image);
        """);
  }

  @Shows(INPUT_COUNT)
  void noParameters(Mistake mistake) {
    mistake.inNetwork(
        "stem reads 0 tensors, but @Relu reads one; its parameters are named like the layers it"
            + " reads",
        "«@Relu» Tensor stem();");
  }
}
