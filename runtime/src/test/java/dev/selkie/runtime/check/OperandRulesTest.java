package dev.selkie.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Element;
import dev.selkie.runtime.Extent;
import dev.selkie.runtime.Ops;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import dev.selkie.runtime.check.Calls.Call;
import dev.selkie.runtime.check.Calls.Changed;
import dev.selkie.runtime.trace.Interceptor;
import dev.selkie.runtime.trace.Operands;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every operand of every verb: made larger, of another type, or laid on another. */
class OperandRulesTest {
  private static final Map<String, List<Call>> CALLS = Calls.byVerb();
  private static final List<String> AXES = List.of("batch", "height", "width", "channels");

  /** More than any case leaves room for. */
  private static final int MORE = 4096;

  /** What the contract leaves open: nothing that the verb is given says how large that is. */
  private static final Set<String> FREE =
      Set.of(
          "batchNormMoments x height",
          "batchNormMoments x width",
          "exciteForward x height",
          "exciteForward x width",
          "globalAveragePoolForward x height",
          "globalAveragePoolForward x width",
          "globalAveragePoolBackward dx height",
          "globalAveragePoolBackward dx width",
          "biasBackward dy batch",
          "biasBackward dy height",
          "biasBackward dy width",
          "concatForward y channels",
          "concatBackward dy channels",
          "channelSplitForward x channels",
          "channelSplitBackward dx channels",
          "channelSplitBackwardAccumulate sum channels",
          "zero y batch",
          "zero y height",
          "zero y width",
          "zero y channels",
          "zero gradients batch",
          "zero gradients height",
          "zero gradients width",
          "zero gradients channels");

  /** Tensors that a verb writes, where that is not the first alone. */
  private static final Map<String, Integer> OUTPUTS =
      Map.ofEntries(
          Map.entry("convolutionBackwardWeights", 0),
          Map.entry("biasBackward", 0),
          Map.entry("denseBackwardWeights", 0),
          Map.entry("batchNormMoments", 0),
          Map.entry("batchNormAddBackward", 2),
          Map.entry("exciteForward", 0),
          Map.entry("exciteBackward", 0),
          Map.entry("selectSqueeze", 0),
          Map.entry("selectBackwardSums", 0),
          Map.entry("selectFuseInference", 0),
          Map.entry("beginUpdate", 0),
          Map.entry("multiplyBackward", 2),
          Map.entry("dropoutForward", 2),
          Map.entry("shakeShakeBackward", 2),
          Map.entry("maxPoolForward", 2),
          Map.entry("softmaxCrossEntropy", 2),
          Map.entry("foldBatchNorm", 2),
          Map.entry("foldBatchNormBias", 2),
          Map.entry("adamW", 2));

  /** As the Javadoc of the verbs has it; the last is y on b where y is a. */
  private static final Set<String> IN_PLACE =
      Set.of(
          "reluBackward dx dy",
          "sigmoidBackward dx dy",
          "addForward y a",
          "addForward y b",
          "times y x",
          "dropoutBackward dx dy",
          "batchNormBackward dx dOut",
          "batchNormAddBackward dx dOut",
          "addForward a b");

  /** Nobody reads the output of a norm without a ReLU again, nor a residual without a norm. */
  private static final Set<String> UNREAD =
      Set.of(
          "batchNormBackwardSums dOut out",
          "batchNormBackward dx out",
          "batchNormAddBackwardSums dOut out",
          "batchNormAddBackwardSums dOut residual",
          "batchNormAddBackward dx out",
          "batchNormAddBackward dx residual",
          "batchNormAddBackward dResidual out",
          "batchNormAddBackward dResidual residual");

  /** What a test's backend is: nothing may reach it. */
  private static final class Untouched extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void everyVerbHasRulesAndCases() {
    Set<String> verbs = new TreeSet<>();
    for (Method verb : Ops.class.getMethods()) {
      verbs.add(verb.getName());
      assertTrue(Arrays.stream(Rules.class.getMethods()).anyMatch(rule -> rules(rule, verb)));
    }
    assertEquals(verbs, new TreeSet<>(CALLS.keySet()));
  }

  private static boolean rules(Method rule, Method verb) {
    return rule.getName().equals(verb.getName())
        && rule.isDefault()
        && rule.getDeclaringClass().getPackage().equals(Rules.class.getPackage());
  }

  @Test
  void whatIsRightReachesTheBackend() {
    forEachCall(call -> assertTrue(reaches(call), call::toString));
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Set<String> free = new TreeSet<>();
    for (int number = 0; number < AXES.size(); number++) {
      int axis = number;
      free(tensor -> larger(tensor, axis)).forEach(name -> free.add(name + " " + AXES.get(axis)));
    }
    assertEquals(new TreeSet<>(FREE), free);
  }

  @Test
  void anotherTypeIsRefused() {
    Set<String> free =
        free(
            tensor -> {
              Element other = tensor.element() == Element.BIT ? Element.UINT8 : Element.BIT;
              return Changed.of(tensor, tensor.shape(), other);
            });
    assertEquals(Set.of("zero gradients", "zero y"), free);
  }

  /** But for what is optional: a mask, and what makes a squeeze the maximum. */
  @Test
  void whatIsMissingIsRefused() {
    Set<String> free = free(tensor -> null);
    free.removeIf(name -> name.endsWith(" mask") || name.endsWith(" excitation.winners"));
    assertEquals(Set.of(), free);
    assertFalse(reachesWithout("dropoutForward", "mask"));
    assertFalse(reachesWithout("dropoutBackward", "mask"));
  }

  private static boolean reachesWithout(String verb, String name) {
    Call call = CALLS.get(verb).get(0);
    List<Tensor> tensors = Operands.tensors(call.arguments());
    return reaches(call.with((i, t) -> tensors.get(i).name().equals(name) ? null : t));
  }

  /** Activations of a backend have one type, and all that is no activation is float32. */
  @Test
  void activationsOfTwoTypesAreRefused() {
    Set<String> alone =
        Set.of(
            "batchNormMoments x", "exciteForward x", "biasBackward dy", "zero gradients", "zero y");
    assertEquals(alone, free(tensor -> Changed.of(tensor, tensor.shape(), Element.BFLOAT16)));
  }

  /** The operands of which the rules let a change through; each is tried once for each verb. */
  private static Set<String> free(UnaryOperator<Tensor> change) {
    Set<String> tried = new HashSet<>();
    Set<String> free = new TreeSet<>();
    forEachCall(
        call -> {
          List<Tensor> tensors = Operands.tensors(call.arguments());
          for (int i = 0; i < tensors.size(); i++) {
            String name = named(call, tensors.get(i));
            if (tried.add(name) && reaches(changed(call, i, change.apply(tensors.get(i))))) {
              free.add(name);
            }
          }
        });
    return free;
  }

  @Test
  void onlyWhatMayIsDoneInPlace() {
    Set<String> allowed = new TreeSet<>(IN_PLACE);
    allowed.addAll(UNREAD);
    assertEquals(allowed, laid(0));
  }

  /** What may be done in place needs the very same place. */
  @Test
  void nothingLiesOnAPart() {
    assertEquals(new TreeSet<>(UNREAD), laid(1));
  }

  /**
   * The outputs that may begin so many bytes before an operand and end with it, and that operand.
   */
  private static Set<String> laid(int before) {
    Set<String> allowed = new TreeSet<>();
    forEachCall(
        call -> {
          List<Tensor> direct = direct(call);
          int outputs = OUTPUTS.getOrDefault(call.verb().getName(), 1);
          for (Tensor out : direct.subList(0, Math.min(outputs, direct.size()))) {
            for (Tensor in : direct) {
              if (in != out && reaches(laidOn(call, out, in, before))) {
                allowed.add(named(call, out) + " " + in.name());
              }
            }
          }
        });
    return allowed;
  }

  private static void forEachCall(Consumer<Call> test) {
    CALLS.values().forEach(calls -> calls.forEach(test));
  }

  /** Whether the rules let it through. */
  private static boolean reaches(Call call) {
    Ops checked =
        CheckedOps.over(
            Interceptor.over(
                (verb, arguments) -> {
                  throw new Untouched();
                }));
    try {
      call.on(checked);
      throw new AssertionError("the backend was not called");
    } catch (Untouched e) {
      return true;
    } catch (BackendException e) {
      assertTrue(e.getMessage().startsWith(call.verb().getName()), e.getMessage());
      return false;
    }
  }

  private static Call changed(Call call, int number, Tensor changed) {
    return call.with((i, tensor) -> i == number ? changed : tensor);
  }

  /**
   * @param before how many bytes before the input the output begins
   */
  private static Call laidOn(Call call, Tensor output, Tensor input, int before) {
    Extent place = input.extent();
    Extent shifted = new Extent(place.memory(), place.first() - before, place.end());
    Changed moved = new Changed(output.name(), output.shape(), output.element(), shifted);
    return call.with((i, tensor) -> tensor == output ? moved : tensor);
  }

  private static Tensor larger(Tensor tensor, int axis) {
    Shape s = tensor.shape();
    int[] sizes = {s.batch(), s.height(), s.width(), s.channels()};
    sizes[axis] += MORE;
    return Changed.of(tensor, new Shape(sizes[0], sizes[1], sizes[2], sizes[3]), tensor.element());
  }

  /** Tensors that are arguments themselves or stand in a list. */
  private static List<Tensor> direct(Call call) {
    List<Tensor> found = new ArrayList<>();
    for (Object argument : call.arguments()) {
      if (!(argument instanceof Record)) {
        found.addAll(Operands.tensors(argument));
      }
    }
    return found.stream().distinct().toList();
  }

  private static String named(Call call, Tensor tensor) {
    return call.verb().getName() + " " + tensor.name();
  }
}
