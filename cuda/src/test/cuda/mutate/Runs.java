import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the tests: once without a mutant, to see who comes by which place, then each mutant's own tests. */
final class Runs {

  /** One test of a program, the places it reaches, and how long it takes. */
  private record Test(Path program, String name, Set<Integer> reached, double seconds) {}

  enum Fate {
    FAILED,
    CRASHED,
    HUNG,
    SURVIVED,
    UNREACHED
  }

  /** What became of a mutant, and what the test said. */
  record Outcome(Mutant mutant, Fate fate, String how) {
    boolean caught() {
      return fate != Fate.SURVIVED && fate != Fate.UNREACHED;
    }
  }

  private static final double LEAST_SECONDS = 20;
  private static final double PATIENCE = 10;

  private final Build build;
  private final List<Test> tests = new ArrayList<>();

  Runs(Build build) {
    this.build = build;
  }

  void baseline(List<Path> programs) throws Exception {
    List<Callable<Test>> work = new ArrayList<>();
    for (Path program : programs) {
      Command list = Command.run(build.out(), 60, Map.of(), List.of(program.toString(), "--list"));
      for (String name : list.output().lines().toList()) work.add(() -> baseline(program, name));
    }
    tests.addAll(build.all(work));
    tests.sort(Comparator.comparingDouble(Test::seconds));
  }

  private Test baseline(Path program, String name) throws Exception {
    Path file = Files.createTempFile(build.out(), "reached", ".txt");
    Map<String, String> environment = Map.of("SELKIE_QUICK", "1", "SELKIE_REACHED", file.toString());
    Command run = Command.run(build.out(), 1800, environment, List.of(program.toString(), name));
    if (run.status() != 0) {
      throw new IllegalStateException(program.getFileName() + " " + name + " fails without a mutant:\n" + run.output());
    }
    Set<Integer> reached = new HashSet<>();
    for (String line : Files.readAllLines(file)) reached.add(Integer.valueOf(line));
    Files.delete(file);
    return new Test(program, name, reached, run.seconds());
  }

  double seconds() {
    return tests.stream().mapToDouble(Test::seconds).sum();
  }

  int count() {
    return tests.size();
  }

  List<Outcome> run(List<Mutant> mutants) throws Exception {
    AtomicInteger done = new AtomicInteger();
    List<Callable<Outcome>> work = new ArrayList<>();
    for (Mutant mutant : mutants) {
      work.add(
          () -> {
            Outcome outcome = run(mutant);
            if (!outcome.caught()) System.out.println("  " + outcome.fate().name().toLowerCase() + "  " + mutant.key());
            if (done.incrementAndGet() % 100 == 0) System.out.println(done + " of " + mutants.size());
            return outcome;
          });
    }
    return build.all(work);
  }

  private Outcome run(Mutant mutant) throws Exception {
    boolean reached = false;
    for (Test test : tests) {
      if (!test.reached().contains(mutant.id())) continue;
      reached = true;
      Map<String, String> environment = Map.of("SELKIE_QUICK", "1", "SELKIE_MUTANT", Integer.toString(mutant.id()));
      Command run =
          Command.run(
              build.out(),
              Math.max(LEAST_SECONDS, PATIENCE * test.seconds()),
              environment,
              List.of(test.program().toString(), test.name()));
      if (run.timedOut()) return new Outcome(mutant, Fate.HUNG, test.name());
      if (run.status() == 0) continue;
      String said = run.output().lines().filter(l -> l.contains("FAILED")).findFirst().orElse("").strip();
      return new Outcome(mutant, said.isEmpty() ? Fate.CRASHED : Fate.FAILED, said.isEmpty() ? test.name() : said);
    }
    return new Outcome(mutant, reached ? Fate.SURVIVED : Fate.UNREACHED, "");
  }
}
