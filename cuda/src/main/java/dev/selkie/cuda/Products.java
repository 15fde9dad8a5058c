package dev.selkie.cuda;

import dev.selkie.runtime.Element;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.List;

/** The matrix products of a network; looked up without making anything, once they are known. */
final class Products {
  private final Precision precision;
  private final List<Driver.Matrices> known = new ArrayList<>();

  Products(Precision precision) {
    this.precision = precision;
  }

  /**
   * @param out what the product is stored as
   */
  Driver.Matrices of(int m, int n, int k, boolean transposeA, boolean transposeB, Element out) {
    for (int i = 0; i < known.size(); i++) {
      Driver.Matrices s = known.get(i);
      if (s.m() == m
          && s.n() == n
          && s.k() == k
          && s.transposeA() == transposeA
          && s.transposeB() == transposeB
          && s.out() == out) {
        return s;
      }
    }
    Driver.Matrices made = new Driver.Matrices(m, n, k, transposeA, transposeB, precision, out);
    known.add(made);
    return made;
  }
}
