package dev.selkie.cpu;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** Offers the device {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {
  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Optional<String> missing() {
    try {
      JavaCpp.unlimited();
      Loader.load(org.bytedeco.dnnl.global.dnnl.class);
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(
          "oneDNN does not load (%s); add org.bytedeco:dnnl and org.bytedeco:opencl for %s"
              .formatted(e.getMessage(), Loader.getPlatform()));
    }
  }

  @Override
  public Backend open() {
    JavaCpp.unlimited();
    return new CpuBackend();
  }
}
