import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the places of a kernel source where a mutant can be made: within functions that run on the device. */
final class Places {

  /** A place, without its number. */
  record Place(Mutant.Kind kind, int start, int end, int step) {}

  private static final Set<String> BARRIERS = Set.of("__syncthreads", "__syncwarp", "GRID_BARRIER");
  private static final Set<String> INTEGERS =
      Set.of("int", "unsigned", "long", "short", "char", "size_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t");
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=");
  // What takes numbers, not indices, or is no call at all.
  private static final String NO_INDEX =
      "if|for|while|switch|sizeof|return|static_cast|reinterpret_cast|SHARED|[a-z0-9]+f|from_float|to_float|make_\\w+|merge"
          + "|__(?:shfl|ballot|any|all)\\w*";
  private static final int PACK = 8;

  private final List<Token> tokens;
  private final List<Place> places = new ArrayList<>();

  private Places(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<Place> in(List<Token> tokens) {
    Places finder = new Places(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("__device__") || tokens.get(i).is("KERNEL")) i = finder.function(i);
    }
    return finder.places;
  }

  /** From the first word of a function to its last brace, or to the semicolon of one that is only declared. */
  private int function(int i) {
    while (!tokens.get(i).is("{") && !tokens.get(i).is(";")) i = tokens.get(i).is("(") ? partner(i) + 1 : i + 1;
    if (tokens.get(i).is(";")) return i;
    int end = partner(i);
    for (int j = i + 1; j < end; j++) {
      if (at(j).is("static_assert") || at(j).is("constexpr") && at(j + 1).is("(")) {
        j = partner(j + 1);
      } else if (at(j).is("constexpr")) {
        j = until(j, ";");
      } else {
        visit(j);
      }
    }
    return end;
  }

  private void visit(int i) {
    Token token = at(i);
    if (BARRIERS.contains(token.text())) {
      add(Mutant.Kind.BARRIER, i, partner(i + 1), 1);
    } else if (token.is("[") && at(i - 1).endsOperand() && !at(i + 1).is("]") && !declares(i)) {
      add(Mutant.Kind.SUBSCRIPT, i + 1, partner(i) - 1, 1);
    } else if (token.is("*") && isPrefix(i)) {
      add(Mutant.Kind.DEREFERENCE, i + 1, operand(i + 1), 1);
    } else if (COMPARISONS.contains(token.text()) && token.spaced() && at(i + 1).spaced()) {
      add(Mutant.Kind.BOUND, i + 1, until(i + 1, "&&|\\|\\||;|\\)|\\]|\\}|\\?|:|,") - 1, 1);
    } else if (token.is("=")) {
      variable(i);
    } else if (token.is("(")) {
      arguments(i);
    }
  }

  /** {@code int name = ...}, {@code T* name = ...}, {@code auto name = ...} without lambdas. */
  private void variable(int i) {
    Token type = at(i - 2);
    boolean pointer = type.is("*") && !isPrefix(i - 2) || type.is("auto");
    if (!at(i - 1).isWord() || !pointer && !INTEGERS.contains(type.text()) || at(i + 1).is("[") || at(i + 1).is("{")) return;
    add(pointer ? Mutant.Kind.POINTER : Mutant.Kind.VARIABLE, i + 1, until(i + 1, ";|,") - 1, 1);
  }

  private void arguments(int open) {
    int name = open - 1;
    if (at(name).is(">")) name = templateStart(name) - 1;
    if (!at(name).isWord() || at(name).text().matches(NO_INDEX)) return;
    boolean moves = at(name).text().matches("(load|store)_\\w+");
    // These two put what they load into their first argument.
    int pointer = at(name).text().matches("load_(bytes|matrices)") ? 1 : 0;
    int close = partner(open);
    for (int first = open + 1, count = 0; first < close; count++) {
      int end = until(first, ",|\\)");
      if (moves && count == pointer) {
        add(Mutant.Kind.POINTER, first, end - 1, 1);
        add(Mutant.Kind.POINTER, first, end - 1, PACK);
      } else if (isSum(first, end)) {
        add(Mutant.Kind.ARGUMENT, first, end - 1, 1);
      }
      first = end + 1;
    }
  }

  private boolean isSum(int first, int end) {
    if (at(first).is("[")) return false;
    for (int i = first + 1; i < end; i++) {
      if (isOpen(i)) i = partner(i);
      else if ((at(i).is("+") || at(i).is("-")) && at(i - 1).endsOperand()) return true;
    }
    return false;
  }

  /** Whether the bracket belongs to a declaration, such as {@code float v[8]} or {@code float (&sum)[2][8]}. */
  private boolean declares(int bracket) {
    int name = bracket - 1;
    while (at(name).is("]")) name = opening(name) - 1;
    if (at(name).is(")")) return at(name - 2).is("&") && at(name - 3).is("(");
    Token before = at(name - 1);
    return before.isWord() && before.endsOperand()
        || before.is(">") && !before.spaced() && !at(name - 2).is(">")  // `x >> y[i]` declares nothing
        || (before.is("*") || before.is("&")) && !before.spaced() && at(name).spaced();
  }

  private boolean isPrefix(int i) {
    Token before = at(i - 1);
    return !before.endsOperand() && !(before.is(">") && !before.spaced()) && !at(i + 1).spaced();
  }

  /** The last token of the operand that begins here. */
  private int operand(int i) {
    int end = isOpen(i) ? partner(i) : i;
    while (true) {
      Token next = at(end + 1);
      if (next.is("(") || next.is("[")) end = partner(end + 1);
      else if (next.is(".") || next.is("->") || next.is("::")) end += 2;
      else if (next.is("<") && !next.spaced()) end = templateEnd(end + 1);
      else return end;
    }
  }

  private void add(Mutant.Kind kind, int first, int last, int step) {
    if (last < first) return;
    places.add(new Place(kind, at(first).start(), at(last).end(), step));
  }

  /** The first token from here on that matches outside of brackets. */
  private int until(int i, String ends) {
    while (!at(i).text().matches(ends)) i = isOpen(i) ? partner(i) + 1 : i + 1;
    return i;
  }

  private boolean isOpen(int i) {
    Token token = at(i);
    return token.is("(") || token.is("[") || token.is("{") || token.is("<") && !token.spaced();
  }

  private int partner(int open) {
    if (at(open).is("<")) return templateEnd(open);
    int depth = 0;
    for (int i = open; ; i++) {
      if (at(i).text().matches("[(\\[{]")) depth++;
      if (at(i).text().matches("[)\\]}]") && --depth == 0) return i;
    }
  }

  private int opening(int close) {
    int depth = 0;
    for (int i = close; ; i--) {
      if (at(i).text().matches("[)\\]}]")) depth++;
      if (at(i).text().matches("[(\\[{]") && --depth == 0) return i;
    }
  }

  private int templateEnd(int open) {
    int depth = 0;
    for (int i = open; ; i++) {
      if (at(i).is("<")) depth++;
      if (at(i).is(">") && --depth == 0) return i;
    }
  }

  private int templateStart(int close) {
    int depth = 0;
    for (int i = close; ; i--) {
      if (at(i).is(">")) depth++;
      if (at(i).is("<") && --depth == 0) return i;
    }
  }

  private Token at(int i) {
    return tokens.get(i);
  }
}
