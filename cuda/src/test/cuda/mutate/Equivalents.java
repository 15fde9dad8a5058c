import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mutants that change nothing that a test could see, each with the reason: a key, then indented lines. */
record Equivalents(Map<String, String> reasons) {

  static Equivalents read(Path file) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        keys.clear();
      } else if (!line.startsWith(" ")) {
        keys.add(line);
        reasons.put(line, "");
      } else {
        for (String key : keys) reasons.merge(key, line.strip(), (a, b) -> a.isEmpty() ? b : a + " " + b);
      }
    }
    return new Equivalents(reasons);
  }

  /** What is wrong with the list after a run over these mutants. */
  List<String> complaints(List<Mutant> all, List<Runs.Outcome> outcomes) {
    List<String> complaints = new ArrayList<>();
    reasons.forEach(
        (key, reason) -> {
          if (reason.isEmpty()) complaints.add("no reason is given for " + key);
          if (all.stream().noneMatch(m -> m.key().equals(key))) complaints.add("no such mutant: " + key);
        });
    for (Runs.Outcome outcome : outcomes) {
      if (outcome.caught() && reasons.containsKey(outcome.mutant().key()) && noneSurvived(outcome.mutant(), outcomes)) {
        complaints.add("listed as equivalent, but caught (" + outcome.how() + "): " + outcome.mutant().key());
      }
    }
    return complaints;
  }

  // Places that read alike share a key: one of them must be equivalent.
  private static boolean noneSurvived(Mutant mutant, List<Runs.Outcome> outcomes) {
    return outcomes.stream().noneMatch(o -> !o.caught() && o.mutant().key().equals(mutant.key()));
  }
}
