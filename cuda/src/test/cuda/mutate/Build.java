import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compiles the mutated kernels once and links a program for each test. */
record Build(Sources sources, Parts parts, Path tests, Path out, int jobs) {

  // Reading behind the end of a thread's own array is a crash, as in the build of the tests.
  private static final List<String> FLAGS =
      List.of("-std=c++17", "-O1", "-w", "-Werror=vla", "-fsanitize=bounds-strict", "-fsanitize-undefined-trap-on-error");

  /** The programs, and the mutants that no compiler takes. */
  record Result(List<Path> programs, Set<Integer> impossible) {}

  Result build() throws Exception {
    Set<Integer> impossible = new HashSet<>();
    Path mutated = out.resolve("src");
    while (true) {
      sources.write(mutated, impossible);
      Map<Path, Path> units = units(mutated);
      List<String> errors = new ArrayList<>();
      List<Callable<Command>> work = new ArrayList<>();
      for (Map.Entry<Path, Path> unit : units.entrySet()) work.add(() -> compile(mutated, unit.getKey(), unit.getValue()));
      for (Command command : all(work)) if (command.status() != 0) errors.add(command.output());
      if (errors.isEmpty()) return new Result(link(units), impossible);
      if (!drop(errors, impossible)) throw new IllegalStateException("does not compile:\n" + errors.get(0));
    }
  }

  private Map<Path, Path> units(Path mutated) throws IOException {
    Path objects = Files.createDirectories(out.resolve("objects"));
    Map<Path, Path> units = new LinkedHashMap<>();
    for (String kernel : parts.kernels()) units.put(mutated.resolve(kernel), objects.resolve(kernel + ".o"));
    units.put(mutated.resolve("host/fibers.cc"), objects.resolve("fibers.o"));
    units.put(tests.resolve("test.cc"), objects.resolve("test.o"));
    for (Path test : parts.programs()) units.put(test, objects.resolve(test.getFileName() + ".o"));
    return units;
  }

  private Command compile(Path mutated, Path source, Path object) throws IOException, InterruptedException {
    if (isCurrent(object)) return new Command(0, false, "", 0);
    List<String> words = new ArrayList<>(List.of("g++"));
    words.addAll(FLAGS);
    words.addAll(List.of("-I" + mutated, "-I" + tests, "-include", tests.resolve("mutate/mutants.h").toString()));
    words.addAll(List.of("-MMD", "-MF", dependencies(object).toString(), "-x", "c++", "-c", source.toString(), "-o", object.toString()));
    Command command = Command.run(out, 1800, Map.of(), words);
    if (command.status() != 0) Files.deleteIfExists(object);
    return command;
  }

  private boolean isCurrent(Path object) throws IOException {
    Path dependencies = dependencies(object);
    if (!Files.exists(object) || !Files.exists(dependencies)) return false;
    FileTime made = Files.getLastModifiedTime(object);
    for (String file : Files.readString(dependencies).replace("\\\n", " ").replaceFirst("^.*?:", "").trim().split("\\s+")) {
      Path path = Path.of(file);
      if (!Files.exists(path) || Files.getLastModifiedTime(path).compareTo(made) > 0) return false;
    }
    return true;
  }

  private static Path dependencies(Path object) {
    return object.resolveSibling(object.getFileName() + ".d");
  }

  private List<Path> link(Map<Path, Path> units) throws Exception {
    List<Path> shared = new ArrayList<>();
    units.forEach((source, object) -> (isProgram(source) ? new ArrayList<Path>() : shared).add(object));
    List<Path> programs = new ArrayList<>();
    List<Callable<Command>> work = new ArrayList<>();
    for (Map.Entry<Path, Path> unit : units.entrySet()) {
      if (!isProgram(unit.getKey())) continue;
      Path program = out.resolve(unit.getKey().getFileName().toString().replace(".cc", ""));
      programs.add(program);
      List<Path> objects = new ArrayList<>(shared);
      objects.add(unit.getValue());
      work.add(() -> link(program, objects));
    }
    for (Command command : all(work)) if (command.status() != 0) throw new IllegalStateException(command.output());
    return programs;
  }

  private Command link(Path program, List<Path> objects) throws IOException, InterruptedException {
    // The list too: another choice of kernels makes another program.
    String list = objects.toString();
    Path made = out.resolve(program.getFileName() + ".objects");
    boolean current = Files.exists(program) && Files.exists(made) && Files.readString(made).equals(list);
    for (Path object : objects) {
      current = current && Files.getLastModifiedTime(object).compareTo(Files.getLastModifiedTime(program)) < 0;
    }
    if (current) return new Command(0, false, "", 0);
    List<String> words = new ArrayList<>(List.of("g++", "-o", program.toString()));
    for (Path object : objects) words.add(object.toString());
    Files.writeString(made, list);
    return Command.run(out, 600, Map.of(), words);
  }

  private static boolean isProgram(Path source) {
    return source.getFileName().toString().endsWith("_test.cc");
  }

  /** Takes out the mutants of lines with errors: first pointers, which may be arrays or structs, then all. */
  private boolean drop(List<String> errors, Set<Integer> impossible) {
    Pattern place = Pattern.compile("(?m)([\\w.]+\\.cuh?):(\\d+):\\d+: error");
    boolean dropped = false;
    for (boolean all : new boolean[] {false, true}) {
      for (String text : errors) {
        Matcher matcher = place.matcher(text);
        while (matcher.find()) {
          int line = Integer.parseInt(matcher.group(2));
          for (Mutant m : sources.mutants()) {
            boolean suspect = all || m.kind() == Mutant.Kind.POINTER || m.kind() == Mutant.Kind.ARGUMENT;
            if (suspect && m.file().equals(matcher.group(1)) && m.line() == line) dropped |= impossible.add(m.id());
          }
        }
      }
      if (dropped) return true;
    }
    return false;
  }

  <T> List<T> all(List<Callable<T>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(work)) results.add(future.get());
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
