package dev.selkie.processor;

import static dev.selkie.processor.testing.Mistake.network;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.FilerTap;
import dev.selkie.processor.testing.Generator;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Shows;
import dev.selkie.processor.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The processors in a compiler: rounds, files, and what is none of a model's fault. */
class NetworkProcessorTest {
  private static final String TINY = network("@Dense(out = 8) Tensor logits(Tensor image);");

  private static final String MARKED = TINY.replaceFirst("(@Network)(.*)", "«‹$1›$2»");

  @Test
  void areRegistered() {
    List<String> found = new ArrayList<>();
    ServiceLoader.load(Processor.class).forEach(p -> found.add(p.getClass().getName()));
    assertTrue(
        found.containsAll(
            List.of(NetworkProcessor.class.getName(), NetworkRegistryProcessor.class.getName())),
        found::toString);
  }

  @ParameterizedTest
  @EnumSource
  void writesNestedNetworksAndTheirRegistry(Compiler compiler) {
    Outcome outcome = compile(compiler, TINY + "interface Zoo { " + TINY + "}");
    assertEquals(List.of(), outcome.errors());
    assertEquals(
        "models.TinyNetwork$Factory\nmodels.Zoo_TinyNetwork$Factory\n",
        outcome.files().get("META-INF/services/dev.selkie.runtime.NetworkFactory"));
    assertTrue(
        outcome
            .files()
            .keySet()
            .containsAll(List.of("models/TinyNetwork.java", "models/TinyNetwork.class")),
        outcome.files().keySet()::toString);
  }

  /** In the unnamed package; twice, with a graph after each phase. */
  @ParameterizedTest
  @EnumSource
  void writesTheSameDocumentsEachTime(Compiler compiler) {
    String source = "import dev.selkie.annotation.*; import dev.selkie.runtime.Tensor;" + TINY;
    List<Map<String, String>> written = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Workspace workspace = new Workspace()) {
        Outcome outcome = workspace.compile(compiler, source, "-Aselkie.dump=true");
        assertEquals(List.of(), outcome.errors());
        written.add(outcome.files());
      }
    }
    assertEquals(written.get(0), written.get(1));
    Set<String> files = written.get(0).keySet();
    assertTrue(
        files.containsAll(
            List.of(
                "TinyNetwork.java",
                "TinyNetwork.md",
                "TinyNetwork.svg",
                "TinyNetwork.2-shaped.txt")),
        files::toString);
  }

  /** Or Gradle compiles everything anew. */
  @Test
  void eachFileHasOneOrigin() {
    List<Integer> origins = new ArrayList<>();
    try (Workspace workspace = new Workspace()) {
      Processor counting =
          new FilerTap(
              new NetworkProcessor(),
              (filer, method, arguments) -> {
                origins.add(((Element[]) arguments[arguments.length - 1]).length);
                return method.invoke(filer, arguments);
              });
      String block = "@Block interface Unit { @Relu Tensor a(Tensor x); }";
      workspace.compile(Compiler.JAVAC, List.of(counting), Marked.parse(TINY + block).source());
    }
    assertEquals(List.of(1, 1, 1, 1), origins);
  }

  @ParameterizedTest
  @EnumSource
  void callersOfNetworkWithMistakesStillResolve(Compiler compiler) {
    String bad = network("@Dense(out = -8) Tensor logits(Tensor image);");
    Outcome outcome = compile(compiler, bad + "class Caller { TinyNetwork network; }");
    assertEquals(1, outcome.errors().size(), outcome.errors()::toString);
    assertTrue(
        outcome.files().keySet().stream().noneMatch(file -> file.startsWith("META-INF")),
        outcome.files().keySet()::toString);
  }

  /** Their verbs write gradients of all that they read, and the image has no group to hold one. */
  @ParameterizedTest
  @EnumSource
  void layersOfSeveralInputsMayReadTheImage(Compiler compiler) {
    String source =
        network(
            """
            @Conv(out = 3, activation = Activation.NONE) Tensor branch(Tensor image);
            @Add(activation = Activation.RELU) Tensor sum(Tensor branch, Tensor image);
            @Conv(out = 3, activation = Activation.SIGMOID) Tensor gate(Tensor image);
            @Multiply Tensor gated(Tensor image, Tensor gate);
            @ShakeShake Tensor shaken(Tensor gate, Tensor image);
            @Concat Tensor all(Tensor sum, Tensor gated, Tensor shaken, Tensor image);
            @Dense(out = 8) Tensor logits(Tensor all);
            """);
    Outcome outcome = compile(compiler, source);
    assertEquals(List.of(), outcome.errors());
    assertTrue(outcome.files().containsKey("models/TinyNetwork.class"));
  }

  @ParameterizedTest
  @EnumSource
  void waitsForBlockOfAnotherProcessor(Compiler compiler) {
    String block =
        "package models; @dev.selkie.annotation.Block interface Late { @dev.selkie.annotation.Relu"
            + " dev.selkie.runtime.Tensor a(dev.selkie.runtime.Tensor x); }";
    String source =
        network(
            """
            @Stage(block = Late.class) Tensor stage(Tensor image);
            @Dense(out = 8) Tensor logits(Tensor stage);
            """);
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          workspace.compile(
              compiler,
              List.of(new NetworkProcessor(), new Generator("models.Late", block)),
              Marked.parse(source).source());
      assertEquals(List.of(), outcome.errors());
      assertTrue(outcome.files().containsKey("models/TinyNetwork.class"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void allMistakesAtOnce(Compiler compiler) {
    Marked marked =
        Marked.parse(
            """
            @Network(input = @Input(channels = 3, ‹height› = «0», width = 8))
            interface Tiny {
              @Conv(out = 8, ‹kernel› = «-3») Tensor stem(Tensor image);
              @MaxPool(kernel = 2) Tensor pool(Tensor ‹«stme»›);
              ‹«@Add»› Tensor sum(Tensor pool);
              ‹«@Relu»› Tensor aside(Tensor pool);
              @Dense(out = 8) Tensor logits(Tensor sum);
            }
            """);
    try (Workspace workspace = new Workspace()) {
      Outcome outcome = workspace.compile(compiler, marked.source());
      assertEquals(
          List.of("[InputCount]", "[TooSmall]", "[TooSmall]", "[UnknownEdge]", "[UnusedLayer]"),
          tags(outcome));
      for (Marked.Range range : marked.ranges(compiler)) {
        assertTrue(
            outcome.errors().stream().anyMatch(e -> e.getPosition() == range.start()),
            () -> "nothing at line " + range.line());
      }
    }
  }

  /** Shapes of sound layers, beside mistakes elsewhere; nothing of what follows from either. */
  @ParameterizedTest
  @EnumSource
  void shapesBesideOtherMistakes(Compiler compiler) {
    String source =
        """
        @Block interface Unit {
          @Conv(widths = 1, stride = 2) Tensor halved(Tensor x);
          @Conv(widths = 1, kernel = 0) Tensor bad(Tensor x);
          @Add Tensor wrong(Tensor halved, Tensor x);
          @Add Tensor unknown(Tensor wrong, Tensor bad);
        }
        @Network(input = @Input(channels = 3, height = 8, width = 8), batch = 0)
        interface Tiny {
          @Conv(out = 8) Tensor stem(Tensor image);
          @Dropout(rate = 1.5) Tensor dropped(Tensor stem);
          @Conv(out = 8, groups = 3) Tensor grouped(Tensor stem);
          @Conv(out = 4) Tensor narrow(Tensor stem);
          @Add Tensor sum(Tensor stem, Tensor narrow);
          @Stage(block = Unit.class, width = 8, repeat = 2) Tensor stage(Tensor stem);
          @Concat Tensor all(Tensor dropped, Tensor grouped, Tensor sum, Tensor stage);
          @Relu Tensor aside(Tensor stme);
          @Relu Tensor logits(Tensor all);
          @Relu Tensor pooled(Tensor stem);
        }
        """;
    Outcome outcome = compile(compiler, source);
    assertEquals(
        List.of(
            "[DropoutRate]",
            "[NotDivisible]",
            "[ShapeMismatch]",
            "[ShapeMismatch]",
            "[TooSmall]",
            "[TooSmall]",
            "[UnknownEdge]"),
        tags(outcome));
  }

  /** The output's shape too. */
  @ParameterizedTest
  @EnumSource
  void logitsBesideOtherMistakes(Compiler compiler) {
    Outcome outcome =
        compile(
            compiler,
            """
            @Network(input = @Input(channels = 3, height = 8, width = 8), maxParameters = -1)
            interface Tiny {
              @Conv(out = 8) Tensor stem(Tensor image);
            }
            """);
    assertEquals(List.of("[NotLogits]", "[TooSmall]"), tags(outcome));
  }

  @Shows(Message.UNRESOLVED)
  void missingBlock(Mistake mistake) {
    requireOurs(
        mistake,
        "the value of block of stage cannot be found; correct its name or its import",
        "@Stage(‹block› = «Missing.class») Tensor stage(Tensor image);");
  }

  @Shows(Message.UNRESOLVED)
  void missingConstant(Mistake mistake) {
    requireOurs(
        mistake,
        "the value of out of stem cannot be found; correct its name or its import",
        "@Conv(‹out› = «Sizes.SMALL») Tensor stem(Tensor image);");
  }

  /** The compilers complain too, each in its own words. */
  private static void requireOurs(Mistake mistake, String text, String layers) {
    Marked marked = Marked.parse(network(layers));
    try (Workspace workspace = new Workspace()) {
      Outcome outcome = workspace.compile(mistake.compiler(), marked.source());
      assertEquals(1, outcome.ours().size(), outcome.errors()::toString);
      assertEquals(
          "[" + mistake.message().tag() + "] " + text, Outcome.text(outcome.ours().get(0)));
      Mistake.requireAt(marked.ranges(mistake.compiler()).get(0), marked, outcome.ours().get(0));
    }
  }

  @Shows(Message.CANNOT_WRITE)
  void nameIsTaken(Mistake mistake) {
    Marked marked = Marked.parse(MARKED + "class TinyNetwork {}");
    try (Workspace workspace = new Workspace()) {
      Outcome outcome = workspace.compile(mistake.compiler(), marked.source());
      assertEquals(1, outcome.ours().size(), outcome.errors()::toString);
      assertTrue(
          Outcome.text(outcome.ours().get(0))
              .startsWith("[CannotWrite] models.TinyNetwork cannot be written: "),
          outcome.errors()::toString);
      Mistake.requireAt(marked.ranges(mistake.compiler()).get(0), marked, outcome.ours().get(0));
    }
  }

  @Shows(Message.INTERNAL_ERROR)
  void brokenFiler(Mistake mistake) {
    Marked marked = Marked.parse(MARKED);
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          workspace.compile(
              mistake.compiler(),
              List.of(
                  new FilerTap(
                      new NetworkProcessor(),
                      (filer, method, arguments) -> {
                        throw new IllegalStateException("sabotage");
                      })),
              marked.source());
      assertEquals(
          List.of(
              "[InternalError] internal error in the Selkie processor on models.Tiny:"
                  + " java.lang.IllegalStateException: sabotage; please report it"),
          outcome.errors().stream().map(Outcome::text).toList());
      Mistake.requireAt(marked.ranges(mistake.compiler()).get(0), marked, outcome.errors().get(0));
    }
  }

  @Shows(Message.BAD_OPTION)
  void optionThatIsNoFlag(Mistake mistake) {
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          workspace.compile(mistake.compiler(), Marked.parse(TINY).source(), "-Aselkie.fuse=maybe");
      assertEquals(
          List.of("[BadOption] -Aselkie.fuse is 'maybe'; it must be true or false"),
          outcome.errors().stream().map(Outcome::text).toList());
    }
  }

  private static List<String> tags(Outcome outcome) {
    return outcome.errors().stream()
        .map(error -> Outcome.text(error).replaceFirst("].*", "]"))
        .sorted()
        .toList();
  }

  private static Outcome compile(Compiler compiler, String source) {
    try (Workspace workspace = new Workspace()) {
      return workspace.compile(compiler, Marked.parse(source).source());
    }
  }
}
