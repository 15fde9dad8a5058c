package dev.selkie.cuda;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Finding;
import dev.selkie.runtime.Precision;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Offers the device {@code cuda}. */
public final class CudaBackendProvider implements BackendProvider {
  /** Drivers that came with CUDA 12.6 and 13.0. */
  private static final int CUDA_12 = 560;

  private static final int CUDA_13 = 580;

  private final NvidiaDriverVersion version = NvidiaDriverVersion.ofThisMachine();

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
    return parts().stream()
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
    boolean check = check(System.getenv("SELKIE_CUDA_CHECK"));
    return new CudaBackend(driver(), precision, check);
  }

  /** Whether each verb is waited for; a value that would be ignored is refused. */
  static boolean check(String value) {
    if (value == null || value.isEmpty() || value.equals("0")) {
      return false;
    }
    if (value.equals("1")) {
      return true;
    }
    throw new BackendException(
        "SELKIE_CUDA_CHECK is '%s'; 1 waits after each verb, so that a failure names its layer, and 0 does not"
            .formatted(value));
  }

  private static NvidiaDriver driver() {
    NvidiaDriver driver = new NvidiaDriver();
    try {
      driver.requireKernels();
      return driver;
    } catch (BackendException e) {
      driver.close();
      throw e;
    }
  }

  /** The parts, and where all are there whether a GPU answers. */
  @Override
  public List<Finding> findings() {
    List<Finding> all = parts();
    if (all.stream().allMatch(Finding::ok)) {
      all.add(answer());
    }
    return all;
  }

  /** A backend begins with a kernel, so kernels made for other GPUs or drivers show here too. */
  private static Finding answer() {
    String wanted = "one that answers and runs Selkie's kernels";
    try {
      Jcuda.load(libraries());
      NvidiaDriver driver = driver();
      try (CudaBackend backend = new CudaBackend(driver, Precision.FLOAT32)) {
        driver.synchronize();
        return Finding.good("GPU", wanted, driver.describe());
      }
    } catch (BackendException e) {
      return Finding.bad(
          "GPU",
          wanted,
          e.getMessage(),
          "see that nvidia-smi lists one and that it is free; kernels must have been built for it (SELKIE_CUDA_ARCHITECTURES) and its driver (CUDA 13: 580 or newer)");
    }
  }

  private List<Finding> parts() {
    NvidiaLibraries libraries = libraries();
    List<Finding> all = new ArrayList<>(libraries.findings());
    version.finding(libraries.needsForwarder() ? CUDA_13 : CUDA_12).ifPresent(all::add);
    return all;
  }

  @Override
  public boolean expected() {
    return version.loaded();
  }

  private static NvidiaLibraries libraries() {
    return NvidiaLibraries.find(
        LibraryFinder.ofThisMachine(), NvidiaLibraries.kernels(System.getenv("SELKIE_KERNELS")));
  }
}
