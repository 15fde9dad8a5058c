package dev.selkie.processor;

import static dev.selkie.processor.check.Message.EMPTY_MODEL;
import static dev.selkie.processor.check.Message.NETWORK_AND_BLOCK;
import static dev.selkie.processor.check.Message.NOT_AN_INTERFACE;
import static dev.selkie.processor.check.Message.NOT_PLAIN;

import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Shows;

/** Mistakes in a model as a whole. */
class InterfaceMessagesTest {
  @Shows(NOT_AN_INTERFACE)
  void abstractClass(Mistake mistake) {
    mistake.in(
        "Unit is of kind class; make it an interface whose methods are layers",
        """
        «@Block» abstract class Unit {
          @Relu abstract Tensor active(Tensor x);
        }
        """);
  }

  @Shows(NOT_AN_INTERFACE)
  void annotationType(Mistake mistake) {
    mistake.in(
        "Unit is of kind annotation type; make it an interface whose methods are layers",
        "«@Block» @interface Unit {}");
  }

  @Shows(NOT_PLAIN)
  void typeParameters(Mistake mistake) {
    mistake.in(
        "Unit has type parameters; a model stands alone: share layers through a @Block instead",
        """
        «@Block» interface Unit<T> {
          @Relu Tensor active(Tensor x);
        }
        """);
  }

  @Shows(NOT_PLAIN)
  void superinterface(Mistake mistake) {
    mistake.in(
        "Unit has superinterfaces; a model stands alone: share layers through a @Block instead",
        """
        «@Block» interface Unit extends Base {
          @Relu Tensor active(Tensor x);
        }
        interface Base {
          @Relu Tensor first(Tensor x);
        }
        """);
  }

  @Shows(NETWORK_AND_BLOCK)
  void both(Mistake mistake) {
    mistake.in(
        "Unit is both @Network and @Block; keep one, or repeat the block in a @Stage of the network",
        """
        @Network(input = @Input(channels = 3, height = 8, width = 8))
        «@Block» interface Unit {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """);
  }

  @Shows(EMPTY_MODEL)
  void noLayers(Mistake mistake) {
    mistake.in(
        "Outer.Unit has no layers; add a method such as @Relu Tensor activated(Tensor image)",
        """
        interface Outer {
          «@Block» interface Unit {}
        }
        """);
  }
}
