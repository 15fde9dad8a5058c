package dev.selkie.start;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's project as a named module, outside of this one: compiled, its network found, and trained
 * on the CPU; by each JDK that is installed here, 17 or newer.
 */
class ModulePathTest {
  private static final String MODULE =
      """
      module user.app {
        requires selkie.runtime;
        provides dev.selkie.runtime.NetworkFactory with user.app.MineNetwork.Factory;
      }
      """;

  private static final String NETWORK =
      """
      package user.app;
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;
      @Network(input = @Input(channels = 3, height = 8, width = 8))
      public interface Mine {
        @Conv(out = 8, kernel = 3) Tensor stem(Tensor image);
        @GlobalAveragePool Tensor features(Tensor stem);
        @Dense(out = 4) Tensor logits(Tensor features);
      }
      """;

  private static final String MAIN =
      """
      package user.app;
      import dev.selkie.runtime.*;
      public class Main {
        public static void main(String[] arguments) {
          NetworkFactory mine = NetworkFactory.all().stream()
              .filter(f -> f.name().equals("user.app.Mine")).findFirst().orElseThrow();
          try (TrainableNetwork network = mine.create(Device.cpu(), Batch.batch(4))) {
            float[] first = step(network);
            for (int i = 0; i < 5; i++) step(network);
            if (!(step(network)[0] < first[0])) throw new AssertionError("it does not learn");
          }
          System.out.println("trained in " + Main.class.getModule());
        }
        static float[] step(TrainableNetwork network) {
          float[] images = new float[4 * 3 * 8 * 8];
          for (int i = 0; i < images.length; i++) images[i] = (float) Math.sin(i);
          network.input().write(images);
          network.labels().write(new float[4]);
          network.backend().stepOps().learningRate(0.1f, 1);
          network.forward();
          network.backward();
          network.update(ops -> {
            for (ParameterSpan span : network.spans()) {
              Tensor memory = network.backend().allocate(4 * span.values().shape().elements())
                  .tensor("memory", span.values().shape(), Element.FLOAT32, 0);
              ops.sgd(span, memory, 0f, 0f, false);
            }
          });
          float[] loss = new float[4];
          network.loss().read(loss);
          return loss;
        }
      }
      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> namedModule() throws IOException {
    return Stream.of(17, 25)
        .map(feature -> DynamicTest.dynamicTest("JDK " + feature, () -> run(feature)));
  }

  private void run(int feature) throws Exception {
    Path jdk = jdk(feature);
    Assumptions.assumeTrue(jdk != null, "no JDK " + feature + " is installed here");
    Path sources = Files.createDirectories(folder.resolve("src" + feature));
    Path classes = folder.resolve("classes" + feature);
    write(sources, "module-info.java", MODULE);
    write(sources, "Mine.java", NETWORK);
    write(sources, "Main.java", MAIN);
    String said =
        Jvm.start(
                folder,
                jdk.resolve("bin/javac").toString(),
                "-d",
                classes.toString(),
                "-p",
                jars("selkie-runtime"),
                "--processor-path",
                jars("selkie-processor", "selkie-runtime", "javapoet"),
                sources.resolve("module-info.java").toString(),
                sources.resolve("Mine.java").toString(),
                sources.resolve("Main.java").toString())
            .said();
    assertTrue(Files.exists(classes.resolve("user/app/MineNetwork.class")), said);
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
    if (feature >= 24) {
      command.add("--enable-native-access=org.bytedeco.javacpp,selkie.cpu");
    }
    command.addAll(
        List.of(
            "-p",
            classes + ":" + jars("selkie-runtime", "selkie-cpu", "javacpp", "dnnl", "opencl"),
            "-m",
            "user.app/user.app.Main"));
    said = Jvm.start(folder, command.toArray(String[]::new)).said();
    assertTrue(said.contains("trained in module user.app"), said);
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Those of this class path; Selkie's own as they are packed. */
  private static String jars(String... names) {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(ModulePathTest::packed)
        .filter(jar -> Stream.of(names).anyMatch(name -> jar.contains("/" + name + "-")))
        .distinct()
        .collect(Collectors.joining(":"));
  }

  /** A module's classes as one jar in its folder, where Maven runs tests without packing first. */
  private static String packed(String entry) {
    Path path = Path.of(entry);
    if (!path.endsWith("target/classes") && !path.endsWith(Path.of("target", "classes"))) {
      return entry;
    }
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files
          .map(Path::toString)
          .filter(file -> file.matches(".*/selkie-[a-z]+-[0-9.]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElse(entry);
    } catch (IOException e) {
      return entry;
    }
  }

  private static Path jdk(int feature) throws IOException {
    if (Runtime.version().feature() == feature) {
      return Path.of(System.getProperty("java.home"));
    }
    String named = System.getenv("JAVA_HOME_" + feature);
    if (named != null) {
      return Path.of(named);
    }
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(home -> home.getFileName().toString().matches("\\D*" + feature + "\\b.*"))
          .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
          .findFirst()
          .orElse(null);
    }
  }
}
