import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The outcome of a run, as a table and as JSON. Equivalent mutants count neither as caught nor as missed. */
record Report(List<Runs.Outcome> outcomes, Equivalents equivalents) {

  private boolean equivalent(Runs.Outcome outcome) {
    return !outcome.caught() && equivalents.reasons().containsKey(outcome.mutant().key());
  }

  private long count(String file, Predicate<Runs.Outcome> which) {
    return outcomes.stream().filter(o -> file == null || o.mutant().file().equals(file)).filter(which).count();
  }

  double percent() {
    return percent(null);
  }

  private double percent(String file) {
    long counted = count(file, o -> !equivalent(o));
    return counted == 0 ? 100 : 100.0 * count(file, Runs.Outcome::caught) / counted;
  }

  private List<String> files() {
    return outcomes.stream().map(o -> o.mutant().file()).distinct().sorted().toList();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%n%-38s %7s %7s %10s %8s %8s%n", "file", "mutants", "caught", "equivalent", "missed", "caught"));
    for (String file : files()) row(text, file, file);
    row(text, "all", null);
    List<Runs.Outcome> missed = outcomes.stream().filter(o -> !o.caught() && !equivalent(o)).toList();
    if (!missed.isEmpty()) text.append(String.format("%nmissed:%n"));
    for (Runs.Outcome o : missed) {
      text.append(String.format("%s:%d %s%n", o.mutant().file(), o.mutant().line(), o.fate().name().toLowerCase(Locale.ROOT)));
      text.append("    ").append(o.mutant().key()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private void row(StringBuilder text, String title, String file) {
    long mutants = count(file, o -> true);
    long caught = count(file, Runs.Outcome::caught);
    long equivalent = count(file, this::equivalent);
    text.append(
        String.format(
            Locale.ROOT, "%-38s %7d %7d %10d %8d %7.1f%%%n",
            title, mutants, caught, equivalent, mutants - caught - equivalent, percent(file)));
  }

  String json() {
    return outcomes.stream()
        .map(
            o ->
                String.format(
                    Locale.ROOT,
                    "{\"file\": %s, \"line\": %d, \"kind\": %s, \"text\": %s, \"step\": %d, \"fate\": %s, \"equivalent\": %b, "
                        + "\"how\": %s}",
                    quoted(o.mutant().file()), o.mutant().line(), quoted(o.mutant().kind().name().toLowerCase(Locale.ROOT)),
                    quoted(o.mutant().text()), o.mutant().step(), quoted(o.fate().name().toLowerCase(Locale.ROOT)),
                    equivalent(o), quoted(o.how())))
        .collect(
            Collectors.joining(
                ",\n  ", String.format(Locale.ROOT, "{\"caught_percent\": %.2f,\n \"mutants\": [\n  ", percent()), "\n]}\n"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\');
      quoted.append(c < ' ' ? ' ' : c);
    }
    return quoted.append('"').toString();
  }
}
