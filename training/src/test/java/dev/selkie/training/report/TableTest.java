package dev.selkie.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void textGoesLeftAndNumbersRight() {
    Table table = new Table("name", "count").row("a", "1").row("longer", "1,000");
    assertEquals(List.of("name    count", "a           1", "longer  1,000"), table.lines());
  }

  @Test
  void aRowHasACellForEachHeading() {
    Table table = new Table("one");
    assertThrows(IllegalArgumentException.class, () -> table.row("a", "b"));
  }
}
