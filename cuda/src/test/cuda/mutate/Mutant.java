/**
 * One mistake in one place of device code.
 *
 * @param id number within the run
 * @param kind what sort of place it is
 * @param start of the mutated text within its file
 * @param end behind it
 * @param step how far an index moves
 * @param text what stands there
 * @param line of the file, from one
 * @param lineText that line, without its margins
 */
record Mutant(
    int id, String file, Kind kind, int start, int end, int step, String text, int line, String lineText) {

  enum Kind {
    /** A barrier of a block, a grid or a warp, removed. */
    BARRIER,
    /** {@code a[i]}: {@code i + 1}. */
    SUBSCRIPT,
    /** What load_... and store_... are given, one further or a pack of eight; a pointer's first value, one further. */
    POINTER,
    /** {@code *p}: {@code *(p + 1)}. */
    DEREFERENCE,
    /** An integer variable, a loop's first value included: one more. */
    VARIABLE,
    /** A sum that is handed to a function: one more. */
    ARGUMENT,
    /** The right side of {@code < <= > >=}: one more. */
    BOUND
  }

  /** What stands in the list of equivalent mutants; the same for places that read alike. */
  String key() {
    String moved = kind == Kind.BARRIER ? "" : " + " + step;
    return file + " | " + kind.name().toLowerCase() + " | " + text + moved + " | " + lineText;
  }
}
