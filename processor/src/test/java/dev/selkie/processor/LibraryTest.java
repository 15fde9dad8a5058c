package dev.selkie.processor;

import static dev.selkie.processor.testing.Mistake.network;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Plain;
import dev.selkie.processor.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network of blocks that stand in jars is the network of the blocks' sources, byte for byte. */
class LibraryTest {
  /** Edges that a wrong order or a wrong name would mix up; members in no order; nested. */
  private static final String BLOCKS =
      """
      interface Blocks {
        int GROUPS = 1 + 3;
        @Block interface Unit {
          @Add(activation = Activation.RELU) Tensor out(Tensor wide, Tensor shortcut);
          @Conv(kernel = 3, widths = 1, strided = true, groups = GROUPS) Tensor narrow(Tensor x);
          @Shortcut(widths = 4, strided = true) Tensor shortcut(Tensor x);
          @Multiply Tensor both(Tensor zz, Tensor aa);
          @Sigmoid Tensor zz(Tensor narrow);
          @Relu Tensor aa(Tensor narrow);
          @Dropout(rate = 0.1) Tensor drop(Tensor both);
          @Conv(widths = 4, bias = Bias.YES, activation = Activation.NONE) Tensor wide(Tensor drop);
        }
      }
      """;

  private static final String DEEP =
      """
      @Block interface Deep {
        @Stage(width = 8, repeat = 2, block = Blocks.Unit.class, stride = 2) Tensor inner(Tensor x);
        @Concat Tensor both(Tensor relu, Tensor inner);
        @Relu Tensor relu(Tensor inner);
      }
      """;

  private static final String NETWORK =
      network(
          """
          @Conv(out = 8) Tensor stem(Tensor image);
            @Stage(block = Blocks.Unit.class, width = 4, repeat = 2) Tensor wide(Tensor stem);
            @Stage(block = Deep.class) Tensor deep(Tensor wide);
            @Dense(out = 8) Tensor logits(Tensor deep);
          """);

  private static final Supplier<List<Processor>> PROCESSORS =
      () -> List.of(new NetworkProcessor(), new NetworkRegistryProcessor());

  static Stream<Arguments> pairs() {
    return Stream.of(Compiler.values())
        .flatMap(a -> Stream.of(Compiler.values()).map(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest(name = "library by {0}, network by {1}")
  @MethodSource("pairs")
  void networkOfJars(Compiler library, Compiler network) {
    Map<String, String> whole = written(compile(network, BLOCKS + DEEP + NETWORK));
    assertTrue(whole.containsKey("models/Blocks_UnitSidecar.java"), whole.keySet()::toString);
    try (Workspace workspace = new Workspace()) {
      // One jar for each, as Deep stands in a library that uses another.
      Map<String, String> parts = new TreeMap<>(compile(workspace, library, BLOCKS));
      workspace.jar();
      parts.putAll(compile(workspace, library, DEEP));
      workspace.jar();
      parts.putAll(compile(workspace, network, NETWORK));
      assertEquals(whole, written(parts));
    }
  }

  @ParameterizedTest(name = "library by {0}, network by {1}")
  @MethodSource("pairs")
  void declarationOfJarsIsThatOfSources(Compiler library, Compiler network) {
    Plain whole = new Plain();
    Plain parts = new Plain();
    try (Workspace workspace = new Workspace()) {
      workspace.compile(network, List.of(whole), Marked.parse(BLOCKS + DEEP + NETWORK).source());
    }
    try (Workspace workspace = new Workspace()) {
      compile(workspace, library, BLOCKS + DEEP);
      workspace.jar();
      workspace.compile(network, List.of(parts), Marked.parse(NETWORK).source());
    }
    assertEquals(whole.models(), parts.models());
  }

  /** As Gradle and IDEs do: what became of one file is removed, and it alone is compiled. */
  @ParameterizedTest(name = "blocks by {0}, network by {1}")
  @MethodSource("pairs")
  void onlyTheNetworkIsCompiledAnew(Compiler blocks, Compiler network) throws IOException {
    try (Workspace workspace = new Workspace()) {
      Map<String, String> first = compile(workspace, blocks, BLOCKS + DEEP + NETWORK);
      for (String name : first.keySet()) {
        if (name.startsWith("models/Tiny")) {
          Files.delete(workspace.output().resolve(name));
        }
      }
      assertEquals(written(first), written(compile(workspace, network, NETWORK)));
    }
  }

  /** Nothing in the class file differs, and yet it is another network. */
  @ParameterizedTest(name = "library by {0}, network by {1}")
  @MethodSource("pairs")
  void rewiredBlockIsAnotherNetwork(Compiler library, Compiler network) {
    String rewired = BLOCKS.replace("aa(Tensor narrow)", "aa(Tensor zz)");
    Map<String, String> before = rebuilt(library, network, BLOCKS);
    Map<String, String> after = rebuilt(library, network, rewired);
    assertEquals(before.get("models/Blocks$Unit.class"), after.get("models/Blocks$Unit.class"));
    assertTrue(
        !before
            .get("models/Blocks_UnitSidecar.class")
            .equals(after.get("models/Blocks_UnitSidecar.class")));
    assertTrue(!before.get("models/TinyNetwork.java").equals(after.get("models/TinyNetwork.java")));
    assertEquals(
        written(compile(network, rewired + DEEP + NETWORK)).get("models/TinyNetwork.java"),
        after.get("models/TinyNetwork.java"));
  }

  private static Map<String, String> rebuilt(Compiler library, Compiler network, String blocks) {
    try (Workspace workspace = new Workspace()) {
      Map<String, String> files = new TreeMap<>(compile(workspace, library, blocks + DEEP));
      workspace.jar();
      files.putAll(compile(workspace, network, NETWORK));
      return files;
    }
  }

  /** What tells Gradle to compile the network anew then. */
  @Test
  void networkNamesItsSidecars() {
    String source = compile(Compiler.JAVAC, BLOCKS + DEEP + NETWORK).get("models/TinyNetwork.java");
    assertTrue(
        source.contains(
            """
            @MadeOf({
                Blocks_UnitSidecar.class,
                DeepSidecar.class
            })
            """),
        source);
  }

  @ParameterizedTest(name = "library by {0}, network by {1}")
  @MethodSource("pairs")
  void unnamedPackage(Compiler library, Compiler network) {
    String imports = "import dev.selkie.annotation.*; import dev.selkie.runtime.Tensor;\n";
    try (Workspace workspace = new Workspace()) {
      Outcome blocks = workspace.compile(library, imports + BLOCKS + DEEP);
      assertEquals(List.of(), texts(blocks));
      workspace.jar();
      Outcome outcome = workspace.compile(network, imports + NETWORK);
      assertEquals(List.of(), texts(outcome));
      assertTrue(outcome.files().containsKey("TinyNetwork.class"));
    }
  }

  /**
   * In javac; Eclipse's compiler, called from Java, cannot tell its own class path from modules.
   */
  @Test
  void modules() {
    String header = "import dev.selkie.annotation.*; import dev.selkie.runtime.Tensor;";
    try (Workspace workspace = new Workspace()) {
      Outcome blocks =
          workspace.compile(
              Compiler.JAVAC,
              PROCESSORS.get(),
              Map.of(
                  "module-info.java",
                  "module blocks { requires transitive selkie.runtime; exports blocks; }",
                  "Blocks.java",
                  "package blocks;" + header + "public " + BLOCKS));
      assertEquals(List.of(), blocks.errors());
      workspace.jar();
      Outcome outcome =
          workspace.compile(
              Compiler.JAVAC,
              PROCESSORS.get(),
              Map.of(
                  "module-info.java",
                  "module models { requires blocks; requires java.compiler; }",
                  "Tiny.java",
                  "package models; import blocks.Blocks;" + header + DEEP + NETWORK));
      assertEquals(List.of(), outcome.errors());
      assertTrue(outcome.files().containsKey("models/TinyNetwork.class"));
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void damagedClassFiles(Compiler library, Compiler network) throws IOException {
    for (String name : List.of("Deep.class", "DeepSidecar.class")) {
      for (int share = 0; share < 4; share++) {
        try (Workspace workspace = new Workspace()) {
          compile(workspace, library, BLOCKS + DEEP);
          Path file = workspace.output().resolve("models").resolve(name);
          byte[] bytes = Files.readAllBytes(file);
          Files.write(file, Arrays.copyOf(bytes, bytes.length * share / 4));
          workspace.jar();
          Outcome outcome = workspace.compile(network, Marked.parse(NETWORK).source());
          assertTrue(!outcome.errors().isEmpty());
          assertTrue(
              outcome.ours().stream()
                  .noneMatch(error -> Outcome.text(error).startsWith("[InternalError]")),
              outcome.errors()::toString);
        }
      }
    }
  }

  private static Map<String, String> compile(Compiler compiler, String source) {
    try (Workspace workspace = new Workspace()) {
      return compile(workspace, compiler, source);
    }
  }

  private static Map<String, String> compile(
      Workspace workspace, Compiler compiler, String source) {
    Outcome outcome =
        workspace.compile(compiler, Marked.parse(source).source(), "-Aselkie.dump=true");
    assertEquals(List.of(), texts(outcome));
    return outcome.files();
  }

  private static List<String> texts(Outcome outcome) {
    return outcome.diagnostics().stream().map(Outcome::text).toList();
  }

  /** What the processors wrote, but not what the compiler made of it. */
  private static Map<String, String> written(Map<String, String> files) {
    Map<String, String> written = new TreeMap<>(files);
    written.keySet().removeIf(name -> name.endsWith(".class"));
    return written;
  }
}
