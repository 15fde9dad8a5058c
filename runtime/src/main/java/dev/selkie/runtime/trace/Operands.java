package dev.selkie.runtime.trace;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.Epilogue;
import dev.selkie.runtime.Excitation;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a verb's arguments hold and what they are called. */
public final class Operands {
  private Operands() {}

  /** The tensors among the arguments, those inside lists and records included, in order. */
  public static List<Tensor> tensors(Object... arguments) {
    List<Tensor> found = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Tensor tensor) {
        found.add(tensor);
      } else if (argument instanceof List<?> list) {
        found.addAll(tensors(list.toArray()));
      } else if (argument instanceof Record bundle) {
        found.addAll(tensors(components(bundle)));
      }
    }
    return found;
  }

  /** An argument as a recorder writes it: layers by their paths, sizes and numbers as they are. */
  static String text(Object argument) {
    if (argument instanceof Tensor tensor) {
      return tensor.name();
    }
    if (argument instanceof Parameter parameter) {
      return parameter.name();
    }
    if (argument instanceof BatchNorm norm) {
      return layer(norm.scale(), ".weight");
    }
    if (argument instanceof Excitation excitation) {
      return layer(excitation.weight1(), ".fc1.weight");
    }
    if (argument instanceof Epilogue epilogue) {
      return text(epilogue);
    }
    if (argument instanceof Branch branch) {
      return layer(branch.weight(), ".weight");
    }
    if (argument instanceof Selection selection) {
      return layer(selection.squeezeWeight(), ".fc1.weight");
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(Operands::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(argument);
  }

  private static String text(Epilogue epilogue) {
    StringBuilder text = new StringBuilder("Epilogue[").append(text(epilogue.norm()));
    if (epilogue.excitation() != null) {
      text.append(" * ").append(text(epilogue.excitation()));
    }
    if (epilogue.residualNorm() != null) {
      text.append(" + ").append(text(epilogue.residualNorm()));
    } else if (epilogue.residual()) {
      text.append(" + residual");
    }
    return text.append(epilogue.hasRelu() ? ", relu]" : "]").toString();
  }

  /** The path of the layer that a parameter belongs to. */
  private static String layer(Parameter parameter, String suffix) {
    String name = parameter.name();
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  private static Object[] components(Record bundle) {
    RecordComponent[] components = bundle.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(bundle);
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + bundle.getClass().getName(), e);
    }
    return values;
  }
}
