package dev.selkie.processor;

import dev.selkie.processor.CompiledNetwork.Document;
import dev.selkie.processor.autodiff.Differentiation;
import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.describe.MarkdownSummary;
import dev.selkie.processor.describe.NetworkDrawing;
import dev.selkie.processor.describe.Summary;
import dev.selkie.processor.emit.ClassLimits;
import dev.selkie.processor.emit.NetworkEmitter;
import dev.selkie.processor.emit.NetworkSource;
import dev.selkie.processor.emit.SidecarEmitter;
import dev.selkie.processor.emit.StubEmitter;
import dev.selkie.processor.fusion.InferenceFusion;
import dev.selkie.processor.fusion.TrainingFusion;
import dev.selkie.processor.graph.Graph;
import dev.selkie.processor.graph.GraphBuilder;
import dev.selkie.processor.graph.GraphPrinter;
import dev.selkie.processor.graph.GraphVerifier;
import dev.selkie.processor.graph.SoundLayers;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.plan.MemoryPlan;
import dev.selkie.processor.plan.MemoryPlanner;
import dev.selkie.processor.plan.PlanVerifier;
import dev.selkie.processor.program.Footprint;
import dev.selkie.processor.program.Program;
import dev.selkie.processor.shape.ShapeInference;
import dev.selkie.processor.shape.ShortcutResolution;
import dev.selkie.runtime.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The phases in order, without a compiler in sight. */
public final class NetworkCompiler {
  private final ModelDeclaration declaration;
  private final Options options;
  private final Problems problems;
  private final List<Document> documents = new ArrayList<>();

  private NetworkCompiler(ModelDeclaration declaration, Options options, Problems problems) {
    this.declaration = declaration;
    this.options = options;
    this.problems = problems;
  }

  /** From a checked declaration to source; empty where problems were added. */
  public static Optional<CompiledNetwork> compile(
      ModelDeclaration declaration, Options options, Problems problems) {
    return new NetworkCompiler(declaration, options, problems).compile();
  }

  /**
   * Looks at the shapes of a network that has problems already, as far as its layers are sound;
   * adds those that they have.
   */
  public static void checkShapes(ModelDeclaration declaration, Problems problems) {
    Problems more = new Problems();
    Graph sound = GraphBuilder.build(declaration, SoundLayers.of(declaration, problems), more);
    if (sound != null) {
      ShapeInference.check(sound, more);
    }
    problems.addAll(more);
  }

  /**
   * A class with the right public signatures and no body, so that callers of a network with
   * problems still resolve and only our messages remain.
   */
  public static CompiledNetwork stub(ModelDeclaration declaration) {
    return new CompiledNetwork(qualified(declaration), StubEmitter.emit(declaration), List.of());
  }

  /** What a block's class file cannot tell, for networks that are compiled elsewhere. */
  public static CompiledNetwork sidecar(ModelDeclaration block) {
    return new CompiledNetwork(qualified(block), SidecarEmitter.emit(block), List.of());
  }

  private Optional<CompiledNetwork> compile() {
    Graph built = GraphBuilder.build(declaration, problems);
    if (built == null) {
      return Optional.empty();
    }
    dump("1-built", GraphVerifier.verify(built, "build"));
    Graph shaped = ShapeInference.infer(built, problems);
    if (shaped == null) {
      return Optional.empty();
    }
    Graph resolved =
        GraphVerifier.verifyShaped(ShortcutResolution.resolve(shaped), "shape inference");
    dump("2-shaped", resolved);
    if (resolved.output().path().equals(Graph.INPUT)) {
      reportIdentity(shaped.output().path());
      return Optional.empty();
    }
    Graph training =
        GraphVerifier.verifyShaped(
            options.fuse() ? TrainingFusion.fuse(resolved) : resolved, "training fusion");
    dump("3-training", training);
    Graph inference =
        GraphVerifier.verifyShaped(InferenceFusion.fuse(resolved), "inference fusion");
    dump("4-inference", inference);
    Program program = Differentiation.differentiate(training, inference);
    MemoryPlan plan = PlanVerifier.verify(MemoryPlanner.plan(program), program);
    Summary summary = Summary.of(shaped, resolved);
    Layout layout = layout(resolved, program, plan);
    checkBudgets(summary, layout);
    NetworkSource source =
        new NetworkSource(
            declaration,
            summary,
            program,
            plan,
            layout,
            resolved.dims(Graph.INPUT),
            resolved.output().dims().channels());
    checkLimits(source);
    return problems.isEmpty() ? Optional.of(emit(source)) : Optional.empty();
  }

  private void checkLimits(NetworkSource source) {
    if (ClassLimits.hasTooManyGroups(source)) {
      tooLarge(declaration.simpleName(), declaration);
    }
    ClassLimits.groupTooLarge(source)
        .ifPresent(
            group -> {
              String name = group.replaceFirst("\\..*", "");
              LayerDeclaration stage = declaration.layer(name);
              tooLarge(group, stage.block() == null ? declaration : stage.block());
            });
  }

  private void tooLarge(String what, ModelDeclaration model) {
    problems.report(
        Message.TOO_LARGE,
        model.mostRepeated().map(stage -> stage.at("repeat")).orElse(model.site()),
        what,
        "Java has no room for so many layers in one class");
  }

  /** At the network's own layer, which may be a stage of such blocks. */
  private void reportIdentity(String output) {
    String name = output.replaceFirst("\\..*", "");
    problems.report(Message.OUTPUT_IS_INPUT, declaration.layer(name).site(), name);
  }

  private CompiledNetwork emit(NetworkSource source) {
    describe(source.summary(), source.layout(), source.plan());
    return new CompiledNetwork(qualified(declaration), NetworkEmitter.emit(source), documents);
  }

  private void describe(Summary summary, Layout layout, MemoryPlan plan) {
    String network = declaration.simpleName();
    String file = declaration.generatedName();
    documents.add(new Document(file + ".md", MarkdownSummary.of(network, summary, layout, plan)));
    documents.add(new Document(file + ".svg", NetworkDrawing.of(network, summary, layout, plan)));
  }

  private static Layout layout(Graph graph, Program program, MemoryPlan plan) {
    Footprint all =
        program
            .footprint()
            .plus(
                Footprint.network(
                    graph.dims(Graph.INPUT).elements(), graph.output().dims().channels()));
    return new Layout(all.decayed(), all.plain(), all.fixed(), all.workspace(), plan.planned());
  }

  private void checkBudgets(Summary summary, Layout layout) {
    long parameters = summary.parameters();
    if (declaration.maxParameters() > 0 && parameters > declaration.maxParameters()) {
      problems.report(
          Message.PARAMETER_BUDGET,
          declaration.parametersSite(),
          declaration.simpleName(),
          parameters,
          declaration.maxParameters());
    }
    // Not in whole numbers, which may not be large enough.
    double bytes = layout.bytesFixed() + (double) layout.bytesPerSample() * declaration.batch();
    if (declaration.maxMegabytes() > 0 && bytes / 1e6 > declaration.maxMegabytes()) {
      problems.report(
          Message.MEMORY_BUDGET,
          declaration.megabytesSite(),
          declaration.simpleName(),
          String.format(Locale.ROOT, "%.1f", bytes / 1e6),
          declaration.batch(),
          layout.bytesPerSample(),
          layout.bytesFixed(),
          declaration.maxMegabytes());
    }
  }

  private void dump(String phase, Graph graph) {
    if (options.dump()) {
      documents.add(
          new Document(
              declaration.generatedName() + "." + phase + ".txt", GraphPrinter.print(graph)));
    }
  }

  private static String qualified(ModelDeclaration declaration) {
    String name = declaration.generatedName();
    return declaration.packageName().isEmpty() ? name : declaration.packageName() + "." + name;
  }
}
