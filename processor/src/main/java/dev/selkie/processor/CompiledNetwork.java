package dev.selkie.processor;

import java.util.List;

/**
 * What one network becomes; of a block, its sidecar.
 *
 * @param qualifiedName of the generated class
 * @param source its Java source
 * @param documents what stands beside the source: summary, drawing, dumps
 */
public record CompiledNetwork(String qualifiedName, String source, List<Document> documents) {

  /** A file beside the generated source, such as {@code TinyNetwork.svg}. */
  public record Document(String fileName, String content) {}

  public CompiledNetwork {
    documents = List.copyOf(documents);
  }
}
