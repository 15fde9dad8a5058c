package dev.selkie.processor;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import java.util.Map;
import java.util.Set;

/** The processor's options, {@code -Aselkie.fuse=false} and {@code -Aselkie.dump=true}. */
final class OptionReader {
  private static final String FUSE = "selkie.fuse";
  private static final String DUMP = "selkie.dump";

  static final Set<String> NAMES = Set.of(FUSE, DUMP);

  private OptionReader() {}

  static Options read(Map<String, String> options, Problems problems) {
    return new Options(flag(FUSE, true, options, problems), flag(DUMP, false, options, problems));
  }

  /** An option without a value is true. */
  private static boolean flag(
      String name, boolean otherwise, Map<String, String> options, Problems problems) {
    if (!options.containsKey(name)) {
      return otherwise;
    }
    String value = options.get(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      problems.report(Message.BAD_OPTION, null, name, value);
    }
    return !"false".equals(value);
  }
}
