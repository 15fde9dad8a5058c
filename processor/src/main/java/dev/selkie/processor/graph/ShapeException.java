package dev.selkie.processor.graph;

import dev.selkie.processor.check.Message;

/** A shape rule's complaint; becomes a problem at the layer, or at one of its members. */
public final class ShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Message problem;
  private final String member;
  private final transient Object[] arguments;

  /**
   * @param member the annotation member at fault, or null for the annotation
   */
  public ShapeException(Message problem, String member, Object... arguments) {
    super(problem.tag());
    this.problem = problem;
    this.member = member;
    this.arguments = arguments.clone();
  }

  public Message problem() {
    return problem;
  }

  public String member() {
    return member;
  }

  public Object[] arguments() {
    return arguments.clone();
  }
}
