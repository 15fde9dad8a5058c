package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Native code that travels in jars, and the private folder that it is unpacked to. */
final class NativeResources {
  private static final String OURS = "/dev/selkie/cuda/";
  private static final String NVIDIA = "/org/bytedeco/cuda/linux-x86_64/";

  /** What must lie beside a library of NVIDIA's, because it opens that by itself. */
  private static final Map<String, List<String>> COMPANIONS =
      Map.of(
          "libnvrtc.so.12",
          List.of("libnvrtc-builtins.so.12.6"),
          "libcudnn.so.9",
          List.of(
              "libcudnn_graph.so.9",
              "libcudnn_ops.so.9",
              "libcudnn_cnn.so.9",
              "libcudnn_heuristic.so.9",
              "libcudnn_engines_precompiled.so.9",
              "libcudnn_engines_runtime_compiled.so.9"));

  /** The jar's name without its ending, from {@code jar:file:/folder/name.jar!/entry}. */
  private static final Pattern JAR = Pattern.compile(".*/([^/]+)\\.jar!/.*");

  private NativeResources() {}

  /** The kernels that the build has left in our jar. */
  static Optional<NativeLibrary> kernels() {
    return ours("libselkie_kernels.so");
  }

  /** A libcublas.so.12 that hands every call on to libcublas.so.13. */
  static Optional<NativeLibrary> forwarder() {
    return ours("libcublas.so.12");
  }

  /** One of NVIDIA's libraries, where Bytedeco's redistributable jar is on the class path. */
  static Optional<NativeLibrary> redistributable(String name) {
    return at(
        NVIDIA + name,
        url -> {
          PrivateFolder folder = folder().within(jar(url));
          COMPANIONS.getOrDefault(name, List.of()).forEach(one -> folder.unpack(NVIDIA + one));
          return folder;
        });
  }

  /** Where JCuda's natives go, instead of the temporary folder that all users share. */
  static PrivateFolder folder() {
    return PrivateFolder.at(folder(System.getenv(), System.getProperty("user.home")));
  }

  static Path folder(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("SELKIE_CACHE", "");
    Path cache = own.isEmpty() ? Path.of(home, ".cache", "selkie") : Path.of(own);
    return cache.resolve("natives");
  }

  /** Builds differ without a change of version, so each has a folder named after its content. */
  private static Optional<NativeLibrary> ours(String name) {
    return at(OURS + name, url -> folder().within(digest(url)));
  }

  private static String digest(URL url) {
    try (InputStream in = url.openStream()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (IOException | GeneralSecurityException e) {
      throw new BackendException("cannot read %s (%s)".formatted(url, e.getMessage()));
    }
  }

  private interface Target {
    PrivateFolder of(URL resource);
  }

  private static Optional<NativeLibrary> at(String resource, Target target) {
    URL url = NativeResources.class.getResource(resource);
    return url == null
        ? Optional.empty()
        : Optional.of(
            new NativeLibrary(
                resource.substring(resource.lastIndexOf('/') + 1),
                url.toString().replaceFirst("^(jar:)?file:", ""),
                () -> target.of(url).unpack(resource)));
  }

  /** Another version of the jar has a folder of its own. */
  private static String jar(URL url) {
    Matcher jar = JAR.matcher(url.toString());
    return jar.matches() ? jar.group(1) : "nvidia";
  }
}
