package dev.selkie.processor.graph;

import dev.selkie.processor.check.Message;
import dev.selkie.processor.check.Problem;
import dev.selkie.processor.check.Problems;
import dev.selkie.processor.model.LayerDeclaration;
import dev.selkie.processor.model.LayerDeclaration.Edge;
import dev.selkie.processor.model.ModelDeclaration;
import dev.selkie.processor.model.Site;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which layers of a network with mistakes have none of their own, so that the shapes of what reads
 * sound layers only can be looked at in the same compile.
 */
public final class SoundLayers {
  private final Set<Site> wrong = new HashSet<>();
  private final Set<Site> known = new HashSet<>();
  private final boolean ordered;

  private SoundLayers(ModelDeclaration network, Problems problems) {
    for (String member : network.valueSites().keySet()) {
      if (!member.equals("input")) {
        known.add(network.at(member));
      }
    }
    collect(network, new HashSet<>());
    for (Problem problem : problems.list()) {
      if (problem.message() != Message.UNUSED_LAYER) {
        wrong.add(problem.site());
      }
    }
    this.ordered =
        Stream.of(Message.CYCLE, Message.SEVERAL_INPUTS, Message.UNRESOLVED)
            .noneMatch(problems::has);
  }

  public static SoundLayers of(ModelDeclaration network, Problems problems) {
    return new SoundLayers(network, problems);
  }

  private void collect(ModelDeclaration model, Set<String> seen) {
    for (LayerDeclaration layer : model.layers()) {
      known.add(layer.site());
      known.addAll(layer.valueSites().values());
      layer.edges().stream().map(Edge::site).forEach(known::add);
      if (layer.block() != null && seen.add(layer.block().qualifiedName())) {
        collect(layer.block(), seen);
      }
    }
  }

  /** Whether each mistake is some layer's, so that the rest can be believed. */
  boolean canBeTold() {
    return ordered && known.containsAll(wrong);
  }

  boolean isSound(LayerDeclaration layer) {
    boolean stage = layer.kind().equals("Stage");
    return !layer.kind().isEmpty()
        && (!stage || layer.block() != null)
        && !wrong.contains(layer.site())
        && layer.valueSites().values().stream().noneMatch(wrong::contains)
        && layer.edges().stream().map(Edge::site).noneMatch(wrong::contains);
  }
}
