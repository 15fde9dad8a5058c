package dev.selkie.processor.graph;

import dev.selkie.processor.model.LayerDeclaration;

/**
 * One layer of the network as the user wrote it, in one unit of one stage.
 *
 * @param path such as {@code stage1.0.reduce}; what messages, weights and summaries call it
 * @param group the top-level layer or stage unit it belongs to, such as {@code stage1.0}
 * @param label what it is, such as {@code Conv 3x3 /2}
 * @param declaration null for the network's input
 */
public record Layer(String path, String group, String label, LayerDeclaration declaration) {}
