package dev.selkie.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which device is chosen unasked, and what is said about those that are not. */
class DeviceTest {
  private static final BackendProvider SLOW = new Fake("slow", 0, null, true);

  @Test
  void theFastestThatCanBeUsedIsChosen() {
    Device best = Device.best(List.of(SLOW, new Fake("fast", 10, null, true)));
    assertEquals("fast", best.name());
    assertEquals(List.of(), best.passedOver());
  }

  @Test
  void whatThisMachineHasButCannotUseIsNamed() {
    Device best = Device.best(List.of(SLOW, new Fake("fast", 10, "no wheels; add four", true)));
    assertEquals("slow", best.name());
    assertEquals(
        List.of("device 'fast' is here but cannot be used: no wheels; add four"),
        best.passedOver());
  }

  @Test
  void whatThisMachineHasNotIsNotMissed() {
    Device best = Device.best(List.of(SLOW, new Fake("fast", 10, "no wheels; add four", false)));
    assertEquals("slow", best.name());
    assertEquals(List.of(), best.passedOver());
  }

  @Test
  void someAreNeverChosenUnasked() {
    List<BackendProvider> oracle = List.of(new Fake("oracle", -1, null, true));
    BackendException none = assertThrows(BackendException.class, () -> Device.best(oracle));
    assertEquals(
        "no usable device among [oracle]; add selkie-cpu to the class path", none.getMessage());
  }

  private record Fake(String device, int preference, String lack, boolean expected)
      implements BackendProvider {
    @Override
    public Optional<String> missing() {
      return Optional.ofNullable(lack);
    }

    @Override
    public Backend open() {
      throw new AssertionError("nothing is opened here");
    }
  }
}
