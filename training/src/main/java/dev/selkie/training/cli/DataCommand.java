package dev.selkie.training.cli;

import dev.selkie.runtime.Shape;
import dev.selkie.training.data.DataSet;
import dev.selkie.training.data.DataSets;
import dev.selkie.training.data.LabeledImages;
import dev.selkie.training.data.Pictures;
import dev.selkie.training.report.ContactSheet;
import dev.selkie.training.report.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "data", description = "Fetch a data set, check it, and say what it holds.")
final class DataCommand extends ReportingCommand {
  @Parameters(
      paramLabel = "NAME|DIR",
      description = "fashion-mnist, mnist, cifar-10, cifar-100, shapes, or a folder with files.")
  private String name;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Read it from this folder; nothing is fetched.")
  private Path folder;

  @Option(names = "--sheet", paramLabel = "FILE", description = "Write sample images there (PNG).")
  private Path sheet;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of drawn shapes.")
  private long seed = 1;

  private record ClassReport(String name, int train, int test) {}

  private record Report(
      String data,
      int train,
      int test,
      List<Integer> image,
      List<Double> mean,
      List<Double> deviation,
      String origin,
      List<ClassReport> classes) {}

  @Override
  List<Target> targets() {
    return List.of(Target.file("--sheet", sheet));
  }

  @Override
  Outcome execute() {
    if (sheet != null) {
      Pictures.require();
    }
    DataSet data =
        folder == null
            ? DataSets.load(name, new Shape(1, 32, 32, 3), seed, this::print)
            : DataSets.load(name, folder);
    Report report = report(data);
    print(report);
    if (sheet != null) {
      ContactSheet.write(sheet, data);
      print("samples in %s".formatted(sheet));
    }
    return Outcome.of(report);
  }

  private static Report report(DataSet data) {
    LabeledImages train = data.train();
    int[] inTraining = counts(train, data.classes().size());
    int[] inTest = counts(data.test(), data.classes().size());
    return new Report(
        data.name(),
        train.count(),
        data.test().count(),
        List.of(train.channels(), train.height(), train.width()),
        data.normalization().mean(),
        data.normalization().deviation(),
        data.origin(),
        IntStream.range(0, data.classes().size())
            .mapToObj(i -> new ClassReport(data.classes().get(i), inTraining[i], inTest[i]))
            .toList());
  }

  private static int[] counts(LabeledImages images, int classes) {
    int[] counts = new int[classes];
    for (int i = 0; i < images.count(); i++) {
      counts[images.label(i)]++;
    }
    return counts;
  }

  private void print(Report report) {
    print(
        "%s: %,d training and %,d test images of %dx%dx%d (%s)"
            .formatted(
                report.data(),
                report.train(),
                report.test(),
                report.image().get(0),
                report.image().get(1),
                report.image().get(2),
                report.origin()));
    for (int c = 0; c < report.mean().size(); c++) {
      print(
          "channel %d: mean %.4f, deviation %.4f"
              .formatted(c, report.mean().get(c), report.deviation().get(c)));
    }
    Table table = new Table("class", "training", "test");
    report.classes().forEach(row -> table.row(row.name(), "" + row.train(), "" + row.test()));
    table.lines().forEach(this::print);
  }
}
