package dev.selkie.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.FilerTap;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Workspace;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds in which each warning is an error, or that lack what most have. */
class StrictBuildTest {
  private static final String MODEL =
      """
      /** Of two layers. */
      @Block interface Unit {
        /** Half. @param x any @return half */
        @ChannelSplit(part = 1) Tensor half(Tensor x);
        /** Twice. @param half any @return twice */
        @Concat Tensor twice(Tensor half, Tensor x);
      }
      /** Of a stage. */
      @Network(input = @Input(channels = 2, height = 1, width = 1))
      interface Tiny {
        /** A stage. @param image any @return more */
        @Stage(block = Unit.class) Tensor stage(Tensor image);
        /** Logits. @param stage any @return logits */
        @Dense(out = 8) Tensor logits(Tensor stage);
      }
      """;

  private static final String FOREIGN =
      """
      import javax.annotation.processing.Generated;
      @interface Test {}
      class Others { @Test void test() {} %s }
      """;

  @Test
  void nothingIsAmiss() {
    assertEquals(List.of(), strict(""));
  }

  /** Another processor's annotations are its own to claim, a shared one where it is used. */
  @Test
  void othersAreNotClaimed() {
    assertEquals(List.of("models.Test"), unclaimed(FOREIGN.formatted("")));
    List<String> shared = unclaimed(FOREIGN.formatted("@Generated(\"them\") class Theirs {}"));
    assertTrue(
        shared.contains("java.compiler/javax.annotation.processing.Generated"), shared::toString);
  }

  private static List<String> unclaimed(String more) {
    List<String> warnings = strict(more);
    assertEquals(1, warnings.size(), warnings::toString);
    String names =
        warnings.get(0).replaceFirst("No processor claimed any of these annotations: ", "");
    return List.of(names.replaceAll("(^|,)/", "$1").split(","));
  }

  private static List<String> strict(String more) {
    String imports = more.startsWith("import") ? more.substring(0, more.indexOf('\n')) : "";
    String source = Marked.parse(imports + MODEL + more.substring(imports.length())).source();
    try (Workspace workspace = new Workspace()) {
      return workspace
          .compile(
              Compiler.JAVAC,
              List.of(
                  new NetworkProcessor(), new NetworkRegistryProcessor(), new ClaimingProcessor()),
              source,
              "-Xlint:all,-options",
              "-Xdoclint:all/protected")
          .diagnostics()
          .stream()
          .map(Outcome::text)
          .toList();
    }
  }

  /** Eclipse's command line knows no folder for sources where it is given none. */
  @ParameterizedTest
  @EnumSource
  void documentsStandBesideClassesWhereSourcesHaveNoPlace(Compiler compiler) {
    try (Workspace workspace = new Workspace()) {
      Processor processor =
          new FilerTap(
              new NetworkProcessor(),
              (filer, method, arguments) -> {
                if (arguments[0] == StandardLocation.SOURCE_OUTPUT) {
                  throw new IllegalArgumentException("Unknown location : SOURCE_OUTPUT");
                }
                try {
                  return method.invoke(filer, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
      Outcome outcome =
          workspace.compile(
              compiler, List.of(processor), Map.of("Tiny.java", Marked.parse(MODEL).source()));
      assertEquals(List.of(), outcome.errors().stream().map(Outcome::text).toList());
      assertTrue(outcome.files().containsKey("models/TinyNetwork.svg"));
    }
  }
}
