package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.annotation.Activation;
import dev.selkie.annotation.Gate;
import dev.selkie.runtime.BatchNorm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that Java and C++ each have, and that no compiler compares. */
class SharedNumbersTest {
  @BeforeAll
  static void load() {
    HostTwin.absence().ifPresent(why -> Assumptions.abort("cuda kernels on the host: " + why));
  }

  @ParameterizedTest
  @EnumSource
  void types(KernelType type) {
    assertEquals(HostTwin.number("Type." + type), type.code());
  }

  @ParameterizedTest
  @EnumSource
  void activations(Activation activation) {
    assertEquals(HostTwin.number("Activation." + activation), activation.ordinal());
  }

  @ParameterizedTest
  @EnumSource
  void gates(Gate gate) {
    assertEquals(HostTwin.number("Gate." + gate), gate.ordinal());
  }

  @Test
  void batchNorms() {
    assertEquals(HostTwin.number("NORM_EPSILON"), BatchNorm.EPSILON);
    assertEquals(HostTwin.number("NORM_MOMENTUM"), BatchNorm.MOMENTUM);
  }

  @Test
  void stateOfAStep() {
    assertEquals(HostTwin.number("sizeof StepState"), StepNatives.STATE_BYTES);
    assertEquals(HostTwin.number("StepState.loss_scale"), StepNatives.STATE_LOSS_SCALE);
    assertEquals(HostTwin.number("StepState.skipped"), StepNatives.STATE_SKIPPED);
  }
}
