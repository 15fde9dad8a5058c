package dev.selkie.processor;

import static dev.selkie.processor.check.Message.NO_SIDECAR;
import static dev.selkie.processor.check.Message.NO_WIDTH;
import static dev.selkie.processor.check.Message.SIDECAR_MISMATCH;
import static dev.selkie.processor.check.Message.SIDECAR_TOO_NEW;
import static dev.selkie.processor.check.Message.TOO_SMALL;
import static dev.selkie.processor.check.Message.UNRESOLVED;
import static dev.selkie.processor.testing.Mistake.network;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Marked;
import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Shows;
import dev.selkie.processor.testing.Workspace;
import dev.selkie.runtime.GeneratedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Mistakes of a block that comes from a jar, shown where a stage names it. */
class SidecarMessagesTest {
  private static final String UNIT =
      "@Block interface Unit { @Conv(out = 8) Tensor a(Tensor x); @Relu Tensor b(Tensor a); }\n";

  private static final String NO_SIDECAR_TEXT =
      "the class file of Unit does not say what its layers read, and no models.UnitSidecar is there"
          + " to say it; compile Unit with Selkie's processor, or together with the network";

  /** Twice, for one error. */
  private static final String NETWORK =
      network(
          """
          @Stage(‹block› = «Unit.class») Tensor first(Tensor image);
            @Stage(block = Unit.class) Tensor second(Tensor first);
          """);

  @Shows(NO_SIDECAR)
  void compiledWithoutTheProcessor(Mistake mistake) {
    for (Compiler library : Compiler.values()) {
      try (Workspace workspace = new Workspace()) {
        plain(workspace, library, UNIT);
        mistake.in(workspace, NO_SIDECAR_TEXT, NETWORK);
      }
    }
  }

  /** Gradle would not see them change, and Eclipse's compiler does not see them at all. */
  @Shows(NO_SIDECAR)
  void namesInTheClassFileAreNotEnough(Mistake mistake) {
    try (Workspace workspace = new Workspace()) {
      plain(workspace, Compiler.JAVAC, UNIT, "-parameters");
      mistake.in(workspace, NO_SIDECAR_TEXT, NETWORK);
    }
  }

  @Shows(SIDECAR_TOO_NEW)
  void writtenByALaterSelkie(Mistake mistake) {
    try (Workspace workspace = new Workspace()) {
      plain(workspace, mistake.compiler(), UNIT + sidecar(2, "models.Unit", "\"{}\""));
      mistake.in(
          workspace,
          "Unit was compiled by Selkie 9.1, whose sidecars are of format 2, but this is Selkie"
              + " "
              + GeneratedNetwork.VERSION
              + ", which reads up to format 1; use Selkie 9.1 or newer here too",
          NETWORK);
    }
  }

  @Shows(SIDECAR_MISMATCH)
  void layerOfTheClassFileHasChanged(Mistake mistake) {
    requireMismatch(
        mistake,
        UNIT.replace("out = 8", "out = 16"),
        "it tells of @Conv(out = 8) a(x), the class file has @Conv(out = 16) a(x)");
  }

  @Shows(SIDECAR_MISMATCH)
  void layerOfTheClassFileIsGone(Mistake mistake) {
    requireMismatch(
        mistake,
        UNIT.replace("@Relu Tensor b(Tensor a);", ""),
        "it tells of @Relu b(a), the class file has no layer b");
  }

  @Shows(SIDECAR_MISMATCH)
  void layerOfTheClassFileIsNew(Mistake mistake) {
    requireMismatch(
        mistake,
        UNIT.replace("@Relu", "@Sigmoid Tensor c(Tensor x); @Relu"),
        "the class file has @Sigmoid c(arg0), which it lacks");
  }

  @Shows(SIDECAR_MISMATCH)
  void layerOfTheClassFileReadsMore(Mistake mistake) {
    requireMismatch(
        mistake,
        UNIT.replace("@Relu Tensor b(Tensor a)", "@Relu Tensor b(Tensor a, Tensor x)"),
        "it tells of @Relu b(a), the class file has @Relu b(arg0, arg1)");
  }

  @Shows(SIDECAR_MISMATCH)
  void garbage(Mistake mistake) {
    for (String text : List.of("", "\"\"", "\"@Relu\"", "\"@Relu ()\"", "\"@A a()\", \"@A a()\"")) {
      requireDamage(
          mistake,
          sidecar(1, "models.Unit", text),
          text.isEmpty()
              ? "the class file has @Conv(out = 8) a(arg0), which it lacks"
              : "it cannot be read");
    }
  }

  @Shows(SIDECAR_MISMATCH)
  void formatThatNeverWas(Mistake mistake) {
    requireDamage(mistake, sidecar(0, "models.Unit", ""), "its format is 0");
  }

  /** Blocks A.B and A_B would share one. */
  @Shows(SIDECAR_MISMATCH)
  void sidecarOfAnotherBlock(Mistake mistake) {
    requireDamage(mistake, sidecar(1, "models.Other", ""), "it is the sidecar of models.Other");
  }

  @Shows(SIDECAR_MISMATCH)
  void someClassOfThatName(Mistake mistake) {
    requireDamage(mistake, "class UnitSidecar {}", "it bears no @Sidecar");
  }

  /** The one thing that a class file may tell of its edges, where it was compiled so by javac. */
  @Shows(SIDECAR_MISMATCH)
  void edgesOfTheClassFileHaveChanged(Mistake mistake) throws IOException {
    try (Workspace workspace = new Workspace()) {
      workspace.compile(mistake.compiler(), Marked.parse(UNIT).source());
      String changed = UNIT.replace("Tensor b(Tensor a)", "Tensor b(Tensor x)");
      plainly(workspace, Compiler.JAVAC, changed, "-parameters");
      workspace.jar();
      if (mistake.compiler() == Compiler.ECJ) {
        Outcome outcome = workspace.compile(Compiler.ECJ, Marked.parse(NETWORK).source());
        assertEquals("[NotLogits]", tag(outcome));
        return;
      }
      mistake.in(
          workspace, mismatch("it tells of @Relu b(a), the class file has @Relu b(x)"), NETWORK);
    }
  }

  /** A class file has no places: its mistakes are shown where the block is used. */
  @Shows(TOO_SMALL)
  void mistakeInClassFile(Mistake mistake) {
    String bad = UNIT.replace("out = 8", "kernel = 0, out = 8");
    String lines = "\"@Conv(kernel = 0, out = 8) a(x)\", \"@Relu b(a)\"";
    try (Workspace workspace = new Workspace()) {
      plain(workspace, mistake.compiler(), bad + sidecar(1, "models.Unit", lines));
      mistake.in(
          workspace,
          "kernel of Unit.a is 0; it must be at least 1",
          network("@Stage(‹block› = «Unit.class») Tensor stage(Tensor image);"));
    }
  }

  /** A class file need not list its methods as the source did, and messages name the first. */
  @Shows(NO_WIDTH)
  void layersAreInTheOrderOfTheSidecar(Mistake mistake) {
    String unit =
        "@Block interface Unit { @Conv(widths = 1) Tensor a(Tensor x);"
            + " @Conv(widths = 2) Tensor b(Tensor a); }\n";
    String lines = "\"@Conv(widths = 2) b(a)\", \"@Conv(widths = 1) a(x)\"";
    try (Workspace workspace = new Workspace()) {
      plain(workspace, mistake.compiler(), unit + sidecar(1, "models.Unit", lines));
      mistake.in(
          workspace,
          "stage gives no width, but layers of Unit count in it, such as b; give a width",
          network("«‹@Stage›(block = Unit.class)» Tensor stage(Tensor image);"));
    }
  }

  @Shows(UNRESOLVED)
  void jarOfTheInnerBlockIsMissing(Mistake mistake) throws IOException {
    String outer = "@Block interface Outer { @Stage(block = Unit.class) Tensor o(Tensor x); }";
    for (Compiler library : Compiler.values()) {
      try (Workspace workspace = new Workspace()) {
        workspace.compile(library, Marked.parse(UNIT + outer).source());
        Files.delete(workspace.output().resolve("models/Unit.class"));
        workspace.jar();
        mistake.in(
            workspace,
            "the value of block of Outer.o cannot be found; correct its name or its import",
            network("@Stage(‹block› = «Outer.class») Tensor stage(Tensor image);"));
      }
    }
  }

  private static void requireMismatch(Mistake mistake, String changed, String what) {
    try (Workspace workspace = new Workspace()) {
      workspace.compile(mistake.compiler(), Marked.parse(UNIT).source());
      plain(workspace, mistake.compiler(), changed);
      mistake.in(workspace, mismatch(what), NETWORK);
    }
  }

  private static void requireDamage(Mistake mistake, String sidecar, String what) {
    try (Workspace workspace = new Workspace()) {
      plain(workspace, mistake.compiler(), UNIT + sidecar);
      mistake.in(workspace, mismatch(what), NETWORK);
    }
  }

  private static String mismatch(String what) {
    return "models.UnitSidecar does not match the class file of Unit: "
        + what
        + "; compile Unit anew with Selkie's processor (mvn clean compile)";
  }

  private static String sidecar(int format, String block, String layers) {
    return """
        @dev.selkie.runtime.Sidecar(
            format = %s, generator = "9.1", block = "%s", layers = {%s})
        class UnitSidecar {}
        """
        .formatted(format, block, layers);
  }

  private static String tag(Outcome outcome) {
    assertEquals(1, outcome.errors().size(), outcome.errors()::toString);
    return Outcome.text(outcome.errors().get(0)).replaceFirst("\\].*", "]");
  }

  /** A jar that was compiled without Selkie's processor. */
  private static void plain(
      Workspace workspace, Compiler compiler, String source, String... options) {
    plainly(workspace, compiler, source, options);
    workspace.jar();
  }

  private static void plainly(
      Workspace workspace, Compiler compiler, String source, String... options) {
    Outcome outcome =
        workspace.compile(compiler, List.of(), Marked.parse(source).source(), options);
    assertEquals(List.of(), outcome.errors());
  }
}
