package dev.selkie.processor;

import static dev.selkie.processor.check.Message.NOT_PROVIDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Shows;
import dev.selkie.processor.testing.Workspace;
import dev.selkie.runtime.NetworkFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lists networks: of compilations of some of the sources, and of modules. */
class RegistryTest {
  private static final String FILE = "META-INF/services/dev.selkie.runtime.NetworkFactory";

  @ParameterizedTest
  @EnumSource
  void keepsNetworksThatAreNotCompiledAnew(Compiler compiler) throws IOException {
    try (Workspace workspace = new Workspace()) {
      compile(workspace, compiler, "B", "C");
      compile(workspace, compiler, "A");
      clean(workspace, compiler, "A", "C");
      assertEquals(lines("A", "B", "C"), compile(workspace, compiler, "C", "A"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void dropsWhatIsNoNetworkAnyMore(Compiler compiler) throws IOException {
    try (Workspace workspace = new Workspace()) {
      compile(workspace, compiler, "A", "B", "C");
      clean(workspace, compiler, "A", "C");
      delete(workspace, "B");
      Map<String, String> sources =
          Map.of("A.java", network("A"), "C.java", "package app; interface C {}");
      Outcome outcome = outcome(workspace, compiler, sources);
      assertEquals(List.of(), outcome.errors().stream().map(Outcome::text).toList());
      assertEquals(lines("A"), outcome.files().get(FILE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatAnErrorLeaves(Compiler compiler) throws IOException {
    try (Workspace workspace = new Workspace()) {
      compile(workspace, compiler, "A", "B");
      clean(workspace, compiler, "A");
      String bad = network("A").replace("out = 2", "out = -2");
      Outcome outcome = outcome(workspace, compiler, Map.of("A.java", bad));
      assertEquals(
          1,
          outcome.errors().size(),
          outcome.errors().stream().map(Outcome::text).toList()::toString);
      assertEquals(lines("A", "B"), outcome.files().get(FILE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsFactoriesOfTheUsersOwn(Compiler compiler) throws IOException {
    try (Workspace workspace = new Workspace()) {
      String list = "# Ours.\n\n app.ByHand # made by hand\napp.Gone\n";
      Files.createDirectories(workspace.output().resolve(FILE).getParent());
      Files.writeString(workspace.output().resolve(FILE), list);
      Map<String, String> sources =
          Map.of("A.java", network("A"), "ByHand.java", "package app; class ByHand {}");
      assertEquals(
          lines("A") + "app.ByHand\n", outcome(workspace, compiler, sources).files().get(FILE));
    }
  }

  /** Where nothing is compiled that could drop it. */
  @ParameterizedTest
  @EnumSource
  void aDeletedNetworkHidesNoOther(Compiler compiler) throws IOException {
    try (Workspace workspace = new Workspace()) {
      compile(workspace, compiler, "A", "B", "C");
      delete(workspace, "A");
      delete(workspace, "C");
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      URL[] path = {workspace.output().toUri().toURL()};
      try (URLClassLoader loader =
          new URLClassLoader(path, NetworkFactory.class.getClassLoader())) {
        thread.setContextClassLoader(loader);
        List<String> names = NetworkFactory.all().stream().map(NetworkFactory::name).toList();
        assertEquals(List.of("app.B"), names);
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  /** Eclipse's compiler, called from Java, takes its own class path for a module of that name. */
  @Shows(NOT_PROVIDED)
  void factoriesOfModule(Mistake mistake) {
    String line = "provides dev.selkie.runtime.NetworkFactory with app.ANetwork.Factory,";
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          module(workspace, mistake.compiler(), "\n  requires selkie.runtime;\n", "A", "B");
      boolean javac = mistake.compiler() == Compiler.JAVAC;
      assertTrue(!javac || outcome.errors().isEmpty(), outcome.errors()::toString);
      List<Diagnostic<? extends JavaFileObject>> notes = notes(outcome);
      assertEquals(
          List.of(
              "[NotProvided] networks of a module are found only where it provides them; add to"
                  + " module mine: "
                  + line
                  + " app.BNetwork.Factory;"),
          notes.stream().map(Outcome::text).toList());
      assertEquals(2, notes.get(0).getLineNumber());
      assertEquals(javac ? 1 : 8, notes.get(0).getColumnNumber());
      assertTrue(notes.get(0).getSource().getName().endsWith("module-info.java"));
    }
  }

  /** The line that the note gives; after it, of one network that is compiled alone. */
  @Test
  void moduleThatProvidesAll() {
    String provides =
        "requires selkie.runtime; provides dev.selkie.runtime.NetworkFactory with"
            + " app.ANetwork.Factory, app.BNetwork.Factory;";
    try (Workspace workspace = new Workspace()) {
      Outcome outcome = module(workspace, Compiler.JAVAC, provides, "A", "B");
      assertEquals(List.of(), outcome.errors().stream().map(Outcome::text).toList());
      assertEquals(List.of(), notes(outcome));
      outcome = module(workspace, Compiler.JAVAC, provides, "B");
      assertEquals(List.of(), outcome.errors().stream().map(Outcome::text).toList());
      assertEquals(List.of(), notes(outcome));
    }
  }

  private static Outcome module(
      Workspace workspace, Compiler compiler, String directives, String... networks) {
    Map<String, String> sources = sources(networks);
    sources.put("module-info.java", "\nmodule mine {" + directives + "}");
    return outcome(workspace, compiler, sources);
  }

  private static List<Diagnostic<? extends JavaFileObject>> notes(Outcome outcome) {
    return outcome.diagnostics().stream()
        .filter(diagnostic -> Outcome.text(diagnostic).startsWith("["))
        .peek(diagnostic -> assertEquals(Diagnostic.Kind.NOTE, diagnostic.getKind()))
        .toList();
  }

  private static String compile(Workspace workspace, Compiler compiler, String... networks) {
    Outcome outcome = outcome(workspace, compiler, sources(networks));
    assertEquals(List.of(), outcome.errors());
    return outcome.files().get(FILE);
  }

  private static Outcome outcome(
      Workspace workspace, Compiler compiler, Map<String, String> sources) {
    return workspace.compile(
        compiler, List.of(new NetworkProcessor(), new NetworkRegistryProcessor()), sources);
  }

  private static Map<String, String> sources(String... networks) {
    Map<String, String> sources = new java.util.TreeMap<>();
    for (String network : networks) {
      sources.put(network + ".java", network(network));
    }
    return sources;
  }

  private static String network(String name) {
    return """
        package app;
        import dev.selkie.annotation.*;
        import dev.selkie.runtime.Tensor;
        @Network(input = @Input(channels = 3, height = 8, width = 8)) interface %s {
          @Dense(out = 2) Tensor logits(Tensor image);
        }
        """
        .formatted(name);
  }

  private static String lines(String... networks) {
    StringBuilder lines = new StringBuilder();
    for (String network : networks) {
      lines.append("app.").append(network).append("Network$Factory\n");
    }
    return lines.toString();
  }

  /** Eclipse's compiler wants what became of a source removed before; Eclipse does that. */
  private static void clean(Workspace workspace, Compiler compiler, String... networks)
      throws IOException {
    for (String network : compiler == Compiler.ECJ ? networks : new String[0]) {
      delete(workspace, network);
    }
  }

  private static void delete(Workspace workspace, String network) throws IOException {
    try (Stream<Path> files = Files.list(workspace.output().resolve("app"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(network)) {
          Files.delete(file);
        }
      }
    }
  }
}
