package dev.selkie.processor.model;

/**
 * What stands around a generated class, as far as it changes what is written.
 *
 * @param hidesJavaLang whether its package has a type that is called like one of {@code java.lang},
 *     which then has to be imported
 * @param seesGenerated whether its module reads {@code javax.annotation.processing.Generated}
 */
public record Surroundings(boolean hidesJavaLang, boolean seesGenerated) {
  /** Of most. */
  public static final Surroundings USUAL = new Surroundings(false, true);
}
