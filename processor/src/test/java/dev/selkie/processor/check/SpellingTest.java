package dev.selkie.processor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  /** Values that are often published, or plain to see. */
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "saturday, sunday, 3",
    "ca, abc, 3",
    "leia, leela, 2",
    "stem, stem, 0",
    "stem, setm, 1",
    "'', stem, 4"
  })
  void distance(String a, String b, int expected) {
    assertEquals(expected, Spelling.distance(a, b));
    assertEquals(expected, Spelling.distance(b, a));
  }

  @ParameterizedTest
  @CsvSource({
    "x, a, false",
    "b1, b2, true",
    "image, stage, false",
    "stme, stem, true",
    "reduce, redcue, true",
    "shortcut, shrtcuts, true",
    "attention, expansion, false"
  })
  void slips(String name, String meant, boolean expected) {
    assertEquals(expected, Spelling.isSlip(name, meant));
  }

  @Test
  void nearestIsFirstOfEquals() {
    assertEquals("b1", Spelling.nearest("b3", List.of("stem", "b1", "b2")));
  }
}
