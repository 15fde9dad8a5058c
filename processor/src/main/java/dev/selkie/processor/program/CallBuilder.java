package dev.selkie.processor.program;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Writes one {@link Call}, argument by argument in the verb's order; {@link #end} adds it. */
public final class CallBuilder {
  private final String verb;
  private final String group;
  private final Consumer<Call> sink;
  private final List<Object> arguments = new ArrayList<>();
  private final Set<Buffer> writes = new LinkedHashSet<>();
  private final Set<Buffer> reads = new LinkedHashSet<>();
  private Buffer inPlace;
  private String comment;

  CallBuilder(String verb, String group, Consumer<Call> sink) {
    this.verb = verb;
    this.group = group;
    this.sink = sink;
  }

  /** An output. */
  public CallBuilder write(Buffer buffer) {
    writes.add(buffer);
    return with(buffer);
  }

  /** An output that is added to. */
  public CallBuilder update(Buffer buffer) {
    reads.add(buffer);
    return write(buffer);
  }

  public CallBuilder read(Buffer buffer) {
    reads.add(buffer);
    return with(buffer);
  }

  /** A field, a constant, or an argument that this call does not touch. */
  public CallBuilder with(Object argument) {
    arguments.add(argument);
    return this;
  }

  public CallBuilder with(String java) {
    return with(new Text(java));
  }

  /** A buffer behind a field that this call writes. */
  public CallBuilder writesBehind(Buffer buffer) {
    writes.add(buffer);
    return this;
  }

  /** A buffer behind a field that this call reads. */
  public CallBuilder readsBehind(Buffer buffer) {
    reads.add(buffer);
    return this;
  }

  /** The first argument may lie in the same place as this input. */
  public CallBuilder inPlaceOf(Buffer buffer) {
    inPlace = buffer;
    return this;
  }

  public CallBuilder comment(Object words) {
    comment = words.toString();
    return this;
  }

  public void end() {
    sink.accept(new Call(verb, group, arguments, writes, reads, inPlace, comment));
  }
}
