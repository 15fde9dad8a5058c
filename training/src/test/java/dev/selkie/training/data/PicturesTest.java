package dev.selkie.training.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PicturesTest {
  @Test
  void aJdkHasThem() {
    assertDoesNotThrow(() -> Pictures.require());
  }

  @Test
  void aRuntimeWithoutThemSaysSo() {
    DataException without =
        assertThrows(DataException.class, () -> Pictures.require(ModuleLayer.empty()));
    assertTrue(without.getMessage().contains("run this command with a JDK"));
  }
}
