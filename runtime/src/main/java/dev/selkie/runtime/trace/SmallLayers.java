package dev.selkie.runtime.trace;

import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import java.util.List;

/** Which verbs run the small layers of an excitation or a selection, and their weights. */
final class SmallLayers {
  private SmallLayers() {}

  /** The weights that a call reads, none where it only uses the gate. */
  static List<Parameter> of(Ledger.Call call) {
    return switch (call.verb()) {
      case "batchNormStatistics", "batchNormBackwardStatistics" ->
          of(call.first(Epilogue.class).excitation());
      case "exciteForward", "exciteBackward" -> of(call.first(Excitation.class));
      case "selectFuse", "selectBackwardStatistics", "selectFuseInference" -> {
        Selection selection = call.first(Selection.class);
        yield List.of(selection.squeezeWeight(), selection.selectWeight());
      }
      default -> List.of();
    };
  }

  static boolean backward(Ledger.Call call) {
    return call.verb().contains("Backward");
  }

  /** N of those layers. */
  static int samples(Ledger.Call call) {
    Selection selection = call.first(Selection.class);
    if (selection != null) {
      return selection.squeeze().shape().batch();
    }
    Epilogue epilogue = call.first(Epilogue.class);
    Excitation excitation = epilogue == null ? call.first(Excitation.class) : epilogue.excitation();
    return excitation.squeeze().shape().batch();
  }

  private static List<Parameter> of(Excitation excitation) {
    return excitation == null ? List.of() : List.of(excitation.weight1(), excitation.weight2());
  }
}
