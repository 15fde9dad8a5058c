package dev.selkie.processor.emit;

import dev.selkie.processor.program.Buffer;
import dev.selkie.processor.program.Call;
import dev.selkie.processor.program.Constant;
import dev.selkie.processor.program.Field;
import dev.selkie.processor.program.Text;
import java.util.List;
import java.util.Optional;

/**
 * What a class file can hold: 65,535 bytes of a method, and as many constants. Sizes are at least
 * those that javac comes to, so what passes here does compile.
 */
public final class ClassLimits {
  /** With room for what is there once. */
  private static final int MOST = 65_000;

  /** Of most instructions with an operand. */
  private static final int INSTRUCTION = 3;

  /** A field of the group: {@code aload_0}, {@code getfield}. */
  private static final int OWN = 4;

  /** A field of another: through the class around. */
  private static final int FOREIGN = 10;

  /** A verb: its receiver and {@code invokeinterface}. */
  private static final int VERB = 9;

  /** A row of {@code describe}: seven arguments, two of them long. */
  private static final int ROW = 26;

  /** A member's name, type and reference, its path and an offset; a row's path and numbers. */
  private static final int CONSTANTS = 8;

  /** A group in the class around: made by its constructor, known by name, type and methods. */
  private static final int GROUP = 16;

  private ClassLimits() {}

  /** Whether the groups are too many for the class around them. */
  public static boolean hasTooManyGroups(NetworkSource source) {
    return (long) GROUP * source.groups().size() > MOST;
  }

  /** The first group whose class would be too large. */
  public static Optional<String> groupTooLarge(NetworkSource source) {
    return GroupParts.of(source).stream()
        .filter(parts -> largest(parts) > MOST)
        .map(GroupParts::group)
        .findFirst();
  }

  private static long largest(GroupParts parts) {
    long largest = Math.max(constructor(parts), (long) ROW * parts.rows().size());
    long constants = parts.buffers().size() + parts.fields().size() + parts.rows().size();
    long foreign = 0;
    for (List<Call> pass :
        List.of(parts.forward(), parts.backward(), parts.fold(), parts.infer())) {
      long bytes = 0;
      for (Call call : pass) {
        for (Object argument : call.arguments()) {
          int load = load(argument, parts.group());
          bytes += load;
          foreign += load == FOREIGN ? OWN : 0;
        }
        bytes += VERB;
      }
      largest = Math.max(largest, bytes);
    }
    return Math.max(largest, CONSTANTS * constants + foreign);
  }

  private static long constructor(GroupParts parts) {
    long bytes = 0;
    for (Buffer buffer : parts.buffers()) {
      int sizes =
          push(buffer.dims().height())
              + push(buffer.dims().width())
              + push(buffer.dims().channels());
      bytes += 2 + 4 * INSTRUCTION + sizes;
    }
    for (Field field : parts.fields()) {
      bytes += 2 * OWN;
      for (Object part : field.initializer()) {
        bytes += load(part, parts.group());
      }
    }
    return bytes;
  }

  private static int load(Object part, String group) {
    if (part instanceof Buffer buffer) {
      return buffer.group().equals(group) && buffer.planned() ? OWN : FOREIGN;
    }
    if (part instanceof Field field) {
      return field.group().equals(group) ? OWN : FOREIGN;
    }
    if (part instanceof Constant) {
      return INSTRUCTION;
    }
    String java = ((Text) part).java();
    // Each bracket is a call, each comma an argument.
    long operations = java.chars().filter(c -> c == '(' || c == ',').count();
    return (int) (operations + 1) * INSTRUCTION;
  }

  private static int push(int number) {
    if (number <= 5) {
      return 1;
    }
    return number <= Byte.MAX_VALUE ? 2 : INSTRUCTION;
  }
}
