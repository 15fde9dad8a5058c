package dev.selkie.processor.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Source in which «» mark where javac is to point, and ‹› where Eclipse's compiler is, which marks
 * a member's name for its value; without ‹› it is to point where javac does.
 */
public record Marked(String source, List<Range> javac, List<Range> ecj) {

  /** From the first character up to the last, exclusive; the line counts from 1. */
  public record Range(int start, int end, long line) {}

  private static final String HEADER =
      "package models; import dev.selkie.annotation.*; import dev.selkie.runtime.Tensor;\n";

  public static Marked parse(String text) {
    StringBuilder source = new StringBuilder(HEADER);
    List<Range> javac = new ArrayList<>();
    List<Range> ecj = new ArrayList<>();
    int[] open = new int[2];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int mark = "«‹»›".indexOf(c);
      if (mark < 0) {
        source.append(c);
      } else if (mark < 2) {
        open[mark] = source.length();
      } else {
        int start = open[mark - 2];
        long line = source.substring(0, start).chars().filter(other -> other == '\n').count() + 1;
        (mark == 2 ? javac : ecj).add(new Range(start, source.length(), line));
      }
    }
    return new Marked(source.toString(), javac, ecj);
  }

  public List<Range> ranges(Compiler compiler) {
    return compiler == Compiler.ECJ && !ecj.isEmpty() ? ecj : javac;
  }
}
