package dev.selkie.processor.check;

import dev.selkie.processor.model.Site;

/** One mistake of the user: what, where, and how to mend it. */
public record Problem(Message message, String text, Site site) {
  /** What the compiler prints. */
  public String printed() {
    return "[" + message.tag() + "] " + text;
  }
}
