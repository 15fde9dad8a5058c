package dev.selkie.processor.check;

import dev.selkie.processor.model.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All mistakes of a compile, in the order they were found; each site has one of a kind. */
public final class Problems {
  private record Key(Message message, Site site) {}

  private final List<Problem> list = new ArrayList<>();
  private final Set<Key> seen = new HashSet<>();

  /**
   * Adds a problem, unless this site has one of its kind already: a block's mistake shows in every
   * unit of every stage.
   */
  public void report(Message message, Site site, Object... arguments) {
    add(new Problem(message, message.text(arguments), site));
  }

  /** Adds another's problems in the same way. */
  public void addAll(Problems others) {
    others.list.forEach(this::add);
  }

  private void add(Problem problem) {
    if (seen.add(new Key(problem.message(), problem.site()))) {
      list.add(problem);
    }
  }

  public boolean has(Message message) {
    return list.stream().anyMatch(problem -> problem.message() == message);
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  public List<Problem> list() {
    return List.copyOf(list);
  }
}
