import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** See {@code run} beside this file. */
public final class Mutate {

  private Path kernels;
  private Path tests;
  private Path out;
  private Path json;
  private int jobs = Runtime.getRuntime().availableProcessors();
  private int every = 1;
  private double least = 95;
  private final List<String> files = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    Mutate mutate = new Mutate();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--kernels" -> mutate.kernels = Path.of(arguments[++i]);
        case "--tests" -> mutate.tests = Path.of(arguments[++i]);
        case "--out" -> mutate.out = Path.of(arguments[++i]);
        case "--json" -> mutate.json = Path.of(arguments[++i]);
        case "--jobs" -> mutate.jobs = Integer.parseInt(arguments[++i]);
        case "--every" -> mutate.every = Integer.parseInt(arguments[++i]);
        case "--least" -> mutate.least = Double.parseDouble(arguments[++i]);
        default -> mutate.files.add(arguments[i]);
      }
    }
    System.exit(mutate.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Sources sources = Sources.in(kernels);
    for (String file : files) {
      if (sources.mutants().stream().noneMatch(m -> Parts.named(m.file(), List.of(file)))) {
        throw new IllegalArgumentException("no kernel source " + file + "; there are " + sources.texts().keySet());
      }
    }
    Parts parts = Parts.of(sources, tests, files);
    Build build = new Build(sources, parts, tests, Files.createDirectories(out), jobs);
    Build.Result built = build.build();
    List<Mutant> chosen = new ArrayList<>();
    List<Mutant> possible = sources.mutants().stream().filter(m -> !built.impossible().contains(m.id())).toList();
    for (Mutant m : possible) {
      if (m.id() % every == 0 && (files.isEmpty() || Parts.named(m.file(), files))) chosen.add(m);
    }
    System.out.printf(
        "%d mutants, %d more do not compile; %d are run%n", possible.size(), built.impossible().size(), chosen.size());
    Runs runs = new Runs(build);
    runs.baseline(built.programs());
    System.out.printf("%d tests pass without a mutant (%.0f s)%n", runs.count(), runs.seconds());
    Equivalents equivalents = Equivalents.read(tests.resolve("mutate/equivalent.txt"));
    List<Runs.Outcome> outcomes = runs.run(chosen);
    Report report = new Report(outcomes, equivalents);
    System.out.print(report.text());
    Path file = json == null ? out.resolve("mutants.json") : json;
    Files.writeString(file, report.json());
    System.out.println(file);
    List<String> complaints = equivalents.complaints(sources.mutants(), outcomes);
    complaints.forEach(System.err::println);
    if (report.percent() < least) System.err.printf("%.1f %% are caught, less than %.0f %%%n", report.percent(), least);
    return report.percent() >= least && complaints.isEmpty();
  }
}
