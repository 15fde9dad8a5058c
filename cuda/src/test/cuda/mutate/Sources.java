import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The kernels' sources, and a copy of them with all mutants in it, each behind its number. */
record Sources(Path folder, Map<String, String> texts, List<Mutant> mutants) {

  private record Edit(int position, boolean opens, int length, String text) {}

  static Sources in(Path folder) throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<Mutant> mutants = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().matches(".*\\.cuh?")).sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      String text = Files.readString(file);
      texts.put(name, text);
      for (Places.Place place : Places.in(Token.of(text))) {
        int line = 1 + (int) text.substring(0, place.start()).chars().filter(c -> c == '\n').count();
        String what = text.substring(place.start(), place.end()).replaceAll("\\s+", " ");
        mutants.add(
            new Mutant(
                mutants.size(), name, place.kind(), place.start(), place.end(), place.step(), what, line,
                text.lines().skip(line - 1L).findFirst().orElse("").strip()));
      }
    }
    return new Sources(folder, texts, mutants);
  }

  List<String> kernels() {
    return texts.keySet().stream().filter(f -> f.endsWith(".cu")).sorted().toList();
  }

  /** Copies the folder, with every mutant but those that do not compile. */
  void write(Path to, Set<Integer> without) throws IOException {
    copy(folder, to);
    copy(folder.resolve("host"), to.resolve("host"));
    for (Map.Entry<String, String> text : texts.entrySet()) {
      replace(to.resolve(text.getKey()), mutated(text.getKey(), without));
    }
  }

  /** Leaves a file alone that is as it should be: then it need not be compiled again. */
  private static void replace(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) Files.writeString(file, text);
  }

  private void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.filter(f -> f.toString().matches(".*\\.(h|cc)")).toList()) {
        replace(to.resolve(file.getFileName()), Files.readString(file));
      }
    }
  }

  private String mutated(String name, Set<Integer> without) {
    List<Edit> edits = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (!mutant.file().equals(name) || without.contains(mutant.id())) continue;
      int length = mutant.end() - mutant.start();
      String lives = "mutants::mutant(" + mutant.id() + ")";
      if (mutant.kind() == Mutant.Kind.BARRIER) {
        edits.add(new Edit(mutant.start(), true, length, "if (!" + lives + ") "));
        continue;
      }
      boolean dereference = mutant.kind() == Mutant.Kind.DEREFERENCE;
      String moved = ") + " + (mutant.step() == 1 ? "" : mutant.step() + " * ") + lives;
      edits.add(new Edit(mutant.start(), true, length, dereference ? "((" : "("));
      edits.add(new Edit(mutant.end(), false, length, dereference ? moved + ")" : moved));
    }
    // What is within stays within: at one position closing comes first, the shortest first; then opening, the longest first.
    edits.sort(
        Comparator.comparingInt(Edit::position)
            .thenComparing(Edit::opens)
            .thenComparingInt(e -> e.opens() ? -e.length() : e.length()));
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      text.append(texts.get(name), done, edit.position()).append(edit.text());
      done = edit.position();
    }
    return text.append(texts.get(name).substring(done)).toString();
  }
}
