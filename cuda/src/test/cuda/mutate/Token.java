import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of C++ and where it stands; what only nvcc sees, comments and preprocessor lines are left out. */
record Token(String text, int start, int end, boolean spaced) {

  private static final Pattern LEXEMES =
      Pattern.compile(
          "(?<skip>//[^\\n]*|/\\*.*?\\*/)"
              + "|(?<directive>(?<=\\n|^)[ \\t]*#(?:[^\\n\\\\]|\\\\.)*)"
              + "|(?<string>R\"\\(.*?\\)\"|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|(?<word>[A-Za-z_]\\w*)"
              + "|(?<number>\\.?\\d(?:[\\w.']|(?<=[eEpP])[+-])*)"
              + "|(?<sign>::|->|<<=|>>=|<=|>=|==|!=|&&|\\|\\||<<|\\+\\+|--|[-+*/%&|^]=|\\.\\.\\.|\\S)",
          Pattern.DOTALL);

  boolean is(String other) {
    return text.equals(other);
  }

  boolean isWord() {
    return Character.isJavaIdentifierStart(text.charAt(0));
  }

  /** Whether an expression may end here, so that a following {@code *} or {@code +} has two operands. */
  boolean endsOperand() {
    return isWord() && !text.matches("return|else|case|throw|do")
        || Character.isDigit(text.charAt(0))
        || is(")")
        || is("]");
  }

  static List<Token> of(String source) {
    List<Token> tokens = new ArrayList<>();
    // One entry for each open #if: whether the host compiler sees what is in it.
    List<Boolean> seen = new ArrayList<>();
    Matcher matcher = LEXEMES.matcher(source);
    while (matcher.find()) {
      if (matcher.group("directive") != null) {
        conditional(matcher.group().strip(), seen);
      } else if (matcher.group("skip") == null && !seen.contains(false)) {
        int start = matcher.start();
        boolean spaced = start > 0 && Character.isWhitespace(source.charAt(start - 1));
        tokens.add(new Token(matcher.group(), start, matcher.end(), spaced));
      }
    }
    return tokens;
  }

  private static void conditional(String directive, List<Boolean> seen) {
    int last = seen.size() - 1;
    if (directive.matches("#if.*")) {
      seen.add(!directive.startsWith("#ifdef __CUDACC__"));
    } else if (directive.startsWith("#else")) {
      seen.set(last, !seen.get(last));
    } else if (directive.startsWith("#endif")) {
      seen.remove(last);
    }
  }
}
