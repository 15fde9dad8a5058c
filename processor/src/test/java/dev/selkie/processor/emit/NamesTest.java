package dev.selkie.processor.emit;

import static dev.selkie.processor.testing.Models.block;
import static dev.selkie.processor.testing.Models.layer;
import static dev.selkie.processor.testing.Models.network;
import static dev.selkie.processor.testing.Models.stage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.processor.NetworkCompiler;
import dev.selkie.processor.Options;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.ModelDeclaration;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever layers are called, what is generated compiles. */
class NamesTest {
  @TempDir Path classes;

  @Test
  void layersNamedAsTheVocabularyOfGeneratedCodeCompile() {
    ModelDeclaration unit =
        block(
            "Unit",
            layer("ops", "Conv", "x", "widths", 1),
            layer("opsConv", "Conv", "ops", "widths", 1),
            layer("input", "Conv", "opsConv", "widths", 1),
            layer("out", "Conv", "input", "widths", 1));
    assertCompiles(
        network(
            3,
            8,
            8,
            List.of(
                layer("ops", "Conv", "image", "out", 4),
                layer("input", "Conv", "ops", "out", 4),
                layer("LAYOUT", "Conv", "input", "out", 4),
                layer("CONV_1X1", "Conv", "LAYOUT", "out", 4),
                layer("tensor", "Conv", "CONV_1X1", "out", 4),
                layer("Tensor", "Conv", "tensor", "out", 4),
                layer("string", "Conv", "Tensor", "out", 4),
                layer("factory", "Conv", "string", "out", 4),
                layer("forward", "Conv", "factory", "out", 4),
                stage("units", unit, "forward", "width", 4, "repeat", 2),
                layer("unitsUnit0", "Conv", "units", "out", 4),
                layer("$dollar_", "Conv", "unitsUnit0", "out", 4),
                layer("logits", "Dense", "$dollar_", "out", 2))),
        unit);
  }

  private void assertCompiles(ModelDeclaration model, ModelDeclaration block) {
    Problems problems = new Problems();
    String source =
        NetworkCompiler.compile(model, new Options(true, false), problems)
            .orElseThrow(() -> new AssertionError(problems.list()))
            .source();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            diagnostics,
            List.of("-proc:none", "-d", classes.toString()),
            null,
            List.of(
                source("Model", "interface Model {}"),
                source("ModelNetwork", source),
                source(block.generatedName(), NetworkCompiler.sidecar(block).source())))
        .call();
    assertEquals(List.of(), diagnostics.getDiagnostics(), source);
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
