package dev.selkie.processor.graph;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.graph.op.Input;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.ModelDeclaration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * From a checked declaration to a graph without shapes: stages become units, blocks are inlined,
 * layers become their operations. The order follows from the edges alone: depth first from the
 * output, parameters from left to right.
 */
public final class GraphBuilder {
  /** More than any network that could be trained; keeps a repeat of a billion from being tried. */
  private static final int MOST_NODES = 50_000;

  private final Problems problems;
  private final Predicate<LayerDeclaration> sound;
  private final LayerNodes layers;
  private final List<Node> nodes = new ArrayList<>();

  private GraphBuilder(Problems problems, Predicate<LayerDeclaration> sound) {
    this.problems = problems;
    this.sound = sound;
    this.layers = new LayerNodes(nodes);
  }

  /** Null where problems were added. */
  public static Graph build(ModelDeclaration network, Problems problems) {
    return build(network, problems, layer -> true);
  }

  /**
   * Of a network with mistakes: nodes of its sound layers, which may read what no node makes; null
   * where problems were added, or where nothing can be told.
   */
  public static Graph build(ModelDeclaration network, SoundLayers sound, Problems problems) {
    return sound.canBeTold() ? build(network, problems, sound::isSound) : null;
  }

  private static Graph build(
      ModelDeclaration network, Problems problems, Predicate<LayerDeclaration> sound) {
    GraphBuilder builder = new GraphBuilder(problems, sound);
    ModelDeclaration.InputDeclaration size = network.input();
    Layer layer = new Layer(Graph.INPUT, Graph.INPUT, "Input", null);
    Dims dims = new Dims(size.channels(), size.height(), size.width());
    builder.nodes.add(new Node(Graph.INPUT, layer, new Input(dims), List.of(), null));
    String output = builder.expand(network, Unit.NETWORK, Graph.INPUT);
    return problems.isEmpty() ? new Graph(builder.nodes, output) : null;
  }

  /** Adds a model's layers behind the node at {@code input}; the path of its output. */
  private String expand(ModelDeclaration model, Unit unit, String input) {
    return new Expansion(model, unit, input).output();
  }

  /** One model in one unit: which layers have become nodes, and where their outputs are. */
  private final class Expansion {
    private final Map<String, LayerDeclaration> declared = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private final Unit unit;
    private final String input;

    /** One in a sound model. */
    private final List<LayerDeclaration> unread;

    Expansion(ModelDeclaration model, Unit unit, String input) {
      this.unit = unit;
      this.input = input;
      Set<String> read = new HashSet<>();
      for (LayerDeclaration layer : model.layers()) {
        declared.put(layer.name(), layer);
        layer.edges().forEach(edge -> read.add(edge.name()));
      }
      this.unread = model.layers().stream().filter(layer -> !read.contains(layer.name())).toList();
    }

    /** Without recursion: a chain may be longer than the stack is deep. */
    String output() {
      Deque<LayerDeclaration> open = new ArrayDeque<>();
      unread.forEach(open::push);
      while (!open.isEmpty()) {
        LayerDeclaration layer = open.peek();
        int before = open.size();
        if (!outputs.containsKey(layer.name())) {
          pushMissing(layer, open);
        }
        if (open.size() == before) {
          open.pop();
          outputs.computeIfAbsent(layer.name(), name -> add(layer, inputs(layer)));
        }
      }
      String output = outputs.get(unread.get(0).name());
      return unread.size() == 1 ? output : output + " or another";
    }

    /** What the layer reads and is no node yet, so that the leftmost comes first. */
    private void pushMissing(LayerDeclaration layer, Deque<LayerDeclaration> open) {
      for (int i = layer.edges().size() - 1; i >= 0; i--) {
        String source = layer.edges().get(i).name();
        if (declared.containsKey(source) && !outputs.containsKey(source)) {
          open.push(declared.get(source));
        }
      }
    }

    private List<String> inputs(LayerDeclaration layer) {
      return layer.edges().stream().map(edge -> outputs.getOrDefault(edge.name(), input)).toList();
    }

    private String add(LayerDeclaration layer, List<String> inputs) {
      if (!sound.test(layer)) {
        return unit.path(layer);
      }
      if (layer.block() != null) {
        return stage(layer, inputs.get(0));
      }
      try {
        return layers.add(layer, unit, inputs);
      } catch (ArithmeticException e) {
        problems.report(
            Message.TOO_LARGE, layer.site(), unit.path(layer), "its size exceeds 2^31 - 1");
        return inputs.get(0);
      }
    }

    private String stage(LayerDeclaration stage, String first) {
      String value = first;
      for (int i = 0; i < stage.integer("repeat") && problems.isEmpty(); i++) {
        value = expand(stage.block(), unit.stage(stage, i), value);
        if (nodes.size() > MOST_NODES) {
          problems.report(
              Message.TOO_LARGE,
              stage.at("repeat"),
              unit.path(stage),
              "the network has more than " + MOST_NODES + " operations");
        }
      }
      return value;
    }
  }
}
