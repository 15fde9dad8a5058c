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
    for (String key : reasons.keySet()) {
      // Places that read alike share a key: one of them must survive, and a sample may not have it.
      long places = all.stream().filter(m -> m.key().equals(key)).count();
      List<Runs.Outcome> run = outcomes.stream().filter(o -> o.mutant().key().equals(key)).toList();
      if (!run.isEmpty() && run.size() == places && run.stream().allMatch(Runs.Outcome::caught)) {
        complaints.add("listed as equivalent, but caught (" + run.get(0).how() + "): " + key);
      }
    }
    return complaints;
  }
}
