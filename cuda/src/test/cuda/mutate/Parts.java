import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be compiled to run the mutants of some files: the kernels that include them, their tests, what those call. */
record Parts(Set<String> kernels, Set<Path> programs) {

  private static final Pattern INCLUDE = Pattern.compile("#include \"([\\w/]+\\.\\w+)\"");
  private static final Pattern LAUNCHER = Pattern.compile("(?m)^(?:void|bool|int|long long) (\\w+)\\(");
  private static final Pattern WORD = Pattern.compile("\\w+");

  static Parts of(Sources sources, Path tests, List<String> files) throws IOException {
    Set<Path> programs = new TreeSet<>();
    try (Stream<Path> all = Files.list(tests)) {
      all.filter(f -> f.toString().endsWith("_test.cc")).forEach(programs::add);
    }
    Set<String> kernels = new TreeSet<>(sources.kernels());
    if (files.isEmpty()) return new Parts(kernels, programs);

    TreeMap<String, Set<String>> launchers = new TreeMap<>();
    Set<String> declared = matches(LAUNCHER, text(sources.folder().resolve("kernels.h"), new HashSet<>()));
    for (String kernel : kernels) {
      Set<String> own = matches(LAUNCHER, sources.texts().get(kernel));
      own.retainAll(declared);  // not what only the file knows, such as `run`
      launchers.put(kernel, own);
    }
    kernels.removeIf(k -> included(sources, k, new HashSet<>()).stream().noneMatch(f -> named(f, files)));
    Set<String> called = new HashSet<>();
    for (String kernel : kernels) called.addAll(launchers.get(kernel));
    Set<Path> chosen = new TreeSet<>();
    Set<String> words = new HashSet<>();
    for (Path program : programs) {
      Set<String> own = matches(WORD, text(program, new HashSet<>()));
      if (own.stream().noneMatch(called::contains)) continue;
      chosen.add(program);
      words.addAll(own);
    }
    if (chosen.isEmpty()) throw new IllegalArgumentException("no test calls a launcher of " + files + ", of which kernels.h declares " + called);
    // A launcher may call those of another file.
    for (boolean grows = true; grows; ) {
      grows = false;
      for (String kernel : launchers.keySet()) {
        if (kernels.contains(kernel)) words.addAll(matches(WORD, sources.texts().get(kernel)));
        else if (launchers.get(kernel).stream().anyMatch(words::contains)) grows |= kernels.add(kernel);
      }
    }
    return new Parts(kernels, chosen);
  }

  static boolean named(String file, List<String> files) {
    return files.stream().anyMatch(f -> file.equals(f) || file.equals(f + ".cu"));
  }

  private static Set<String> included(Sources sources, String file, Set<String> seen) {
    if (sources.texts().containsKey(file) && seen.add(file)) {
      for (String next : matches(INCLUDE, sources.texts().get(file))) included(sources, next, seen);
    }
    return seen;
  }

  /** A file and the headers beside it. */
  private static String text(Path file, Set<Path> seen) throws IOException {
    if (!Files.exists(file) || !seen.add(file)) return "";
    String text = Files.readString(file);
    StringBuilder all = new StringBuilder(text);
    for (String next : matches(INCLUDE, text)) all.append('\n').append(text(file.resolveSibling(next), seen));
    return all.toString();
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) found.add(matcher.group(matcher.groupCount()));
    return found;
  }
}
