package dev.selkie.processor;

import static dev.selkie.processor.check.Message.NAME_TOO_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.processor.testing.Compiler;
import dev.selkie.processor.testing.Mistake;
import dev.selkie.processor.testing.Outcome;
import dev.selkie.processor.testing.Shows;
import dev.selkie.processor.testing.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever Java allows as a name, what is generated compiles, to files that any disk can hold. */
class AnyNameTest {
  /** Types that generated code names, and what it calls its own. */
  private static final String VOCABULARY =
      """
      Activation Batch BatchNorm Branch ConvGeometry Device Epilogue Excitation Factory Gate Generated
      GeneratedNetwork IllegalStateException Initializer Layer Layout List MadeOf NetworkFactory
      NetworkSummary Object Ops Override Parameter PoolGeometry Selection ServiceLoader Squeeze String
      Tensor TinyNetwork TrainableNetwork Builder StemLayer StageUnit0 StageUnit0Layer
      CONV_1X1 CONV_3X3 LAYOUT POOL_3X3_STRIDE1_PADDING1 activation backward batch batchNorm bias bits buffer
      bytes classes close conv convWeight dLogits declared denseWeight describe device excitation fold
      forward infer input labels layers loss mask memory moments name norm on ops out outInferred dOut
      parameters selection sums summary weight weightFolded winners stage_ stageUnit1
      """;

  /** Words that are reserved in places only, and methods that every object has. */
  private static final String JAVA =
      """
      var record yield_ sealed permits module open opens exports requires uses provides to with
      transitive when hashCode equals toString clone finalize wait notify getClass
      """;

  /** Alike without capitals, without accents, or to some disks; one letter that is two chars. */
  private static final String LETTERS =
      "a A b B $ $$ $a a$ a_2 A_2 __ é É e\u0301 ß ẞ SS σ ς Σ i I ı İ k K \u212a 日本 名 𝒳 𐐀 𐐨 ǆ ǅ ª";

  private static final String[] KINDS = {
    "@Conv(out = 4, kernel = 3)",
    "@Conv(out = 4, scale = ZERO)",
    "@SqueezeExcite(reduction = 2, squeeze = MAX, gate = TANH)",
    "@SelectiveKernel(out = 4, groups = 1, reduction = 2, minimum = 2)",
    "@MaxPool(kernel = 3, stride = 1, padding = 1)",
    "@Stage(block = Unit.class, width = 4)",
    "@BatchNorm",
    "@Dropout(rate = 0.5)",
  };

  private static final String IMPORTS =
      """
      import static dev.selkie.annotation.Activation.SIGMOID;
      import static dev.selkie.annotation.Gate.TANH;
      import static dev.selkie.annotation.Scale.ZERO;
      import static dev.selkie.annotation.Squeeze.MAX;
      import dev.selkie.annotation.*;
      import dev.selkie.runtime.Tensor;
      """;

  @ParameterizedTest
  @EnumSource
  void ofLayersOfNetworksAndBlocks(Compiler compiler) {
    for (String names : List.of(VOCABULARY, JAVA, LETTERS)) {
      List<String> all = List.of(names.strip().split("\\s+"));
      requireCompiled(
          compiler,
          Map.of(
              "Tiny.java", "package app;" + IMPORTS + network("Tiny", all),
              "Unit.java", "package app;" + IMPORTS + block("Unit", all)));
    }
  }

  /** Of networks and blocks, of the packages and types around them. */
  @ParameterizedTest
  @EnumSource
  void ofModels(Compiler compiler) {
    String[] names = {
      "String",
      "Override",
      "Object",
      "IllegalStateException",
      "Generated",
      "Trainable",
      "Layer",
      "Layout",
      "Factory",
      "ops",
      "Network_",
      "$",
      "A$B",
      "é",
      "日本",
      "module",
      "Deprecated"
    };
    Map<String, String> sources = new TreeMap<>();
    for (String around : new String[] {"", "app", "ops", "stem.String"}) {
      String header = around.isEmpty() ? IMPORTS : "package " + around + ";" + IMPORTS;
      for (int i = 0; i < names.length; i++) {
        String body =
            network(names[i], List.of("stem", names[i]))
                + block("Unit" + i, List.of("a"))
                + "class In%s { private interface Deep { %s } }"
                    .formatted(
                        i,
                        network("Tiny", List.of("a")).replace("Unit.class", "Unit" + i + ".class"));
        sources.put(
            around + i + ".java", header + body.replace("Unit.class", "Unit" + i + ".class"));
      }
    }
    requireCompiled(compiler, sources);
  }

  /** One that is not there changes what the others of its package import. */
  @ParameterizedTest
  @EnumSource
  void ofOneTypeThatHidesOneOfJavaLang(Compiler compiler) {
    for (String hidden : List.of("String", "Override", "java", "dev", "app")) {
      Map<String, String> sources =
          Map.of(
              "Tiny.java",
              "package app;"
                  + IMPORTS
                  + network("Tiny", List.of("a"))
                  + block("Unit", List.of("a")),
              "Hidden.java",
              "package app; class " + hidden + " {}");
      requireCompiled(compiler, sources);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameNameInTwoPackages(Compiler compiler) {
    String tiny =
        "package app;"
            + IMPORTS
            + """
            @Network(input = @Input(channels = 4, height = 4, width = 4)) interface Tiny {
              @Stage(block = one.Unit.class, width = 4) Tensor a(Tensor image);
              @Stage(block = two.Unit.class, width = 4) Tensor b(Tensor a);
              @Dense(out = 2) Tensor logits(Tensor b);
            }
            """;
    requireCompiled(
        compiler,
        Map.of(
            "Tiny.java", tiny,
            "one/Unit.java",
                "package one;" + IMPORTS + "public " + block("Unit", List.of("a")).strip(),
            "two/Unit.java",
                "package two;" + IMPORTS + "public " + block("Unit", List.of("A")).strip()));
  }

  /** A compiler writes what is generated in its own encoding, which may lack the user's letters. */
  @ParameterizedTest
  @EnumSource
  void withoutTheLettersInTheEncoding(Compiler compiler) {
    String source = IMPORTS + network("Tiny", List.of("schön", "日")) + block("Unit", List.of("a"));
    StringBuilder ascii = new StringBuilder();
    source.chars().forEach(c -> ascii.append(c < 128 ? "" + (char) c : "\\u%04x".formatted(c)));
    requireCompiled(compiler, Map.of("Tiny.java", ascii.toString()), "-encoding", "US-ASCII");
  }

  /** Each alike to its last letter, so that no file's name has room for what tells them apart. */
  @ParameterizedTest
  @EnumSource
  void longOnes(Compiler compiler) {
    String model = "M".repeat(208);
    List<String> layers =
        List.of("l".repeat(1000), "l".repeat(999), "l".repeat(998) + "L", "é".repeat(500));
    requireCompiled(
        compiler, Map.of("Tiny.java", IMPORTS + network(model, layers) + block("Unit", layers)));
  }

  @Shows(NAME_TOO_LONG)
  void network(Mistake mistake) {
    mistake.in(
        "the name MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM... has 209 bytes; it may have 208, since"
            + " names of files and weights are made of it; give a shorter one",
        """
        «‹@Network›(input = @Input(channels = 3, height = 8, width = 8))»
        interface %s {
          @Dense(out = 8) Tensor logits(Tensor image);
        }
        """
            .formatted("M".repeat(209)));
  }

  @Shows(NAME_TOO_LONG)
  void layer(Mistake mistake) {
    mistake.inNetwork(
        "the name éééééééééééééééééééééééééééééééééééééééé... has 1002 bytes; it may have 1000,"
            + " since names of files and weights are made of it; give a shorter one",
        "«‹@Dense›(out = 8)» Tensor %s(Tensor image);".formatted("é".repeat(501)));
  }

  private static void requireCompiled(
      Compiler compiler, Map<String, String> sources, String... options) {
    try (Workspace workspace = new Workspace()) {
      Outcome outcome =
          workspace.compile(
              compiler,
              List.of(new NetworkProcessor(), new NetworkRegistryProcessor()),
              sources,
              options);
      assertEquals(List.of(), outcome.errors().stream().map(Outcome::text).toList());
      long networks =
          sources.values().stream().mapToLong(s -> s.split("@Network", -1).length - 1).sum();
      Set<String> folded = new HashSet<>();
      int written = 0;
      for (String file : outcome.files().keySet()) {
        written += file.endsWith("Network.class") ? 1 : 0;
        String name = file.substring(file.lastIndexOf('/') + 1);
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255, name);
        assertTrue(folded.add(file.toLowerCase(Locale.ROOT)), file);
      }
      assertEquals(networks, written, outcome.files().keySet()::toString);
    }
  }

  /** Layers in a row, of all kinds, the last one dense. */
  private static String network(String name, List<String> names) {
    List<String> layers = chain(names, "image4_");
    return """
        @Network(input = @Input(channels = 4, height = 4, width = 4)) interface %s {
          %s
          @Dense(out = 2) Tensor last_(Tensor %s);
        }
        """
        .formatted(name, String.join("\n  ", layers), names.get(names.size() - 1));
  }

  private static String block(String name, List<String> names) {
    List<String> layers = chain(names, "x4_");
    layers.replaceAll(
        layer ->
            layer
                .replaceFirst("@Stage.*\\)(?= Tensor)", "@Sigmoid")
                .replace("out = 4", "widths = 1"));
    return "@Block interface %s { %s }\n"
        .formatted(name, String.join("\n  ", layers))
        .replace("@Sigmoid", "@Conv(widths = 1, activation = SIGMOID)");
  }

  private static List<String> chain(List<String> names, String input) {
    List<String> layers = new ArrayList<>();
    String before = input;
    for (String name : names) {
      String kind = KINDS[layers.size() % KINDS.length];
      layers.add("%s Tensor %s(Tensor %s);".formatted(kind, name, before));
      before = name;
    }
    return layers;
  }
}
