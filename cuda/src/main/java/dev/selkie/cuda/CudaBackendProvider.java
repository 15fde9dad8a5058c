package dev.selkie.cuda;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Finding;
import dev.selkie.runtime.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Offers the device {@code cuda}. */
public final class CudaBackendProvider implements BackendProvider {
  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public int preference() {
    return 10;
  }

  @Override
  public Optional<String> missing() {
    return findings().stream()
        .filter(finding -> !finding.ok())
        .findFirst()
        .map(
            finding ->
                "%s (%s) is %s; %s"
                    .formatted(finding.what(), finding.wanted(), finding.found(), finding.fix()));
  }

  @Override
  public Backend open() {
    return open(Precision.FLOAT32);
  }

  @Override
  public Set<Precision> precisions() {
    return EnumSet.allOf(Precision.class);
  }

  @Override
  public Backend open(Precision precision) {
    missing()
        .ifPresent(
            why -> {
              throw new BackendException("device 'cuda' cannot be used: " + why);
            });
    Jcuda.load(libraries());
    boolean check = "1".equals(System.getenv("SELKIE_CUDA_CHECK"));
    return new CudaBackend(new NvidiaDriver(), precision, check);
  }

  @Override
  public List<Finding> findings() {
    return libraries().findings();
  }

  /** A driver that is loaded into the kernel means that there is a GPU. */
  @Override
  public boolean expected() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"));
  }

  private static NvidiaLibraries libraries() {
    return NvidiaLibraries.find(
        LibraryFinder.ofThisMachine(), NvidiaLibraries.kernels(System.getenv("SELKIE_KERNELS")));
  }
}
