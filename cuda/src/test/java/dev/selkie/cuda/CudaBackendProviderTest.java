package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.BackendException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CudaBackendProviderTest {
  @ParameterizedTest
  @CsvSource({",false", "'',false", "0,false", "1,true"})
  void theCheckIsOnOrOff(String value, boolean check) {
    assertEquals(check, CudaBackendProvider.check(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "yes", "2", " 1"})
  void aValueThatWouldBeIgnoredIsRefused(String value) {
    BackendException e =
        assertThrows(BackendException.class, () -> CudaBackendProvider.check(value));
    assertTrue(e.getMessage().contains("SELKIE_CUDA_CHECK is '" + value + "'"), e.getMessage());
  }
}
