package dev.selkie.training.doctor;

import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Finding;
import dev.selkie.runtime.NetworkFactory;
import dev.selkie.training.data.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Looks at everything Selkie needs, and says how to mend what is missing. */
public final class Doctor {
  private static final int JAVA = 17;

  private Doctor() {}

  /** What was found; the keys of its JSON. */
  public record Report(boolean ok, List<Finding> findings) {}

  public static Report examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java(Runtime.version().feature()));
    findings.add(
        Finding.good(
            "system",
            "any",
            "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"))));
    findings.add(
        Finding.good("processors", "1 or more", "" + Runtime.getRuntime().availableProcessors()));
    findings.add(memory());
    findings.add(defaultDevice());
    findings.add(networks());
    findings.add(cache(Cache.folder()));
    findings.add(downloads());
    providers().forEach(provider -> findings.addAll(of(provider)));
    return new Report(findings.stream().noneMatch(Finding::fault), List.copyOf(findings));
  }

  /** What a machine without such a device lacks is worth listing, but no fault of it. */
  static List<Finding> of(BackendProvider provider) {
    List<Finding> found = new ArrayList<>(provider.findings());
    found.add(device(provider));
    return provider.expected() ? found : found.stream().map(Finding::unneeded).toList();
  }

  static Finding java(int feature) {
    String wanted = JAVA + " or newer";
    return feature >= JAVA
        ? Finding.good("Java", wanted, "" + Runtime.version())
        : Finding.bad("Java", wanted, "" + feature, "install a JDK " + JAVA);
  }

  private static Finding memory() {
    return Finding.good(
        "Java heap",
        "256 MB or more",
        "%d MB at most".formatted(Runtime.getRuntime().maxMemory() >> 20));
  }

  private static Stream<BackendProvider> providers() {
    return BackendProvider.all().stream()
        .sorted(Comparator.comparingInt(BackendProvider::preference).reversed());
  }

  private static Finding device(BackendProvider provider) {
    String what = "device " + provider.device();
    return provider
        .missing()
        .map(missing -> Finding.bad(what, "usable", "not usable", missing))
        .orElseGet(() -> Finding.good(what, "usable", "usable"));
  }

  private static Finding defaultDevice() {
    String what = "device chosen unasked";
    return providers()
        .filter(provider -> provider.preference() >= 0 && provider.missing().isEmpty())
        .findFirst()
        .map(provider -> Finding.good(what, "one", provider.device()))
        .orElseGet(() -> Finding.bad(what, "one", "none", cpuAdvice()));
  }

  private static String cpuAdvice() {
    return providers().anyMatch(provider -> provider.device().equals("cpu"))
        ? "do what is said below of device cpu"
        : "add selkie-cpu to the class path";
  }

  private static Finding networks() {
    int count = NetworkFactory.all().size();
    return count > 0
        ? Finding.good("networks on the class path", "one or more", "" + count)
        : Finding.bad(
            "networks on the class path",
            "one or more",
            "none",
            "add a jar of compiled @Network interfaces, as by SELKIE_CLASSPATH");
  }

  static Finding cache(Path folder) {
    String what = "cache folder";
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", ".tmp"));
      return Finding.good(what, "writable", folder.toString());
    } catch (IOException e) {
      return Finding.bad(
          what, "writable", "%s is not".formatted(folder), "set SELKIE_CACHE to a folder of yours");
    }
  }

  private static Finding downloads() {
    boolean apt = Stream.of("/usr/bin/apt-get", "/bin/apt-get").anyMatch(Doctor::exists);
    return Finding.good(
        "apt-get",
        "only for Fashion-MNIST from Debian's package",
        apt ? "found" : "none: data sets come from their web addresses");
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path));
  }
}
