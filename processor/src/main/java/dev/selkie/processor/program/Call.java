package dev.selkie.processor.program;

import java.util.List;
import java.util.Set;

/**
 * One statement of the generated code: a verb and its arguments.
 *
 * @param group the group in whose method it stands
 * @param arguments {@link Buffer}, {@link Field}, {@link Constant} or {@link Text}, in the verb's
 *     order
 * @param writes buffers it writes, or reads and writes
 * @param reads buffers it reads, those behind a field included
 * @param inPlace the buffer that its first argument may share, or null
 * @param comment shown behind the statement, or null
 */
public record Call(
    String verb,
    String group,
    List<Object> arguments,
    Set<Buffer> writes,
    Set<Buffer> reads,
    Buffer inPlace,
    String comment) {

  public Call {
    arguments = List.copyOf(arguments);
  }
}
