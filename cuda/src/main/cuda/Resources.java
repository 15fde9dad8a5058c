import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Registers, shared memory and spills of every kernel, from what nvcc said with {@code -Xptxas -v}: a table and JSON, and a
 * failure where a kernel spills without being excused.
 *
 * <p>{@code java Resources.java OUTPUT ALLOWED LOG...} writes {@code resources.txt} and {@code resources.json} into OUTPUT.
 * ALLOWED names what may spill, one in a line: {@code kernel<arguments> sm_90 bytes reason}, {@code *} for any architecture.
 */
public final class Resources {

  private record Kernel(
      String file, String name, String architecture, int registers, int shared, int stack, int stores, int loads) {

    int spilled() {
      return Math.max(stores, loads);
    }

    String text() {
      return String.format(
          Locale.ROOT, "%-6s %4d %7d %6d %7d %7d  %s: %s", architecture, registers, shared, stack, stores, loads, file, name);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"file\": \"%s\", \"kernel\": \"%s\", \"architecture\": \"%s\", \"registers\": %d, \"shared_bytes\": %d, "
              + "\"stack_bytes\": %d, \"spill_store_bytes\": %d, \"spill_load_bytes\": %d}",
          file, name, architecture, registers, shared, stack, stores, loads);
    }
  }

  private static final Pattern ENTRY = Pattern.compile("Compiling entry function '(\\w+)' for '(\\w+)'");
  private static final Pattern FRAME =
      Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern USED = Pattern.compile("Used (\\d+) registers(?:.*?(\\d+) bytes smem)?");

  public static void main(String[] arguments) throws Exception {
    Path output = Path.of(arguments[0]);
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) kernels.addAll(read(Path.of(arguments[i])));
    kernels = named(kernels);
    kernels.sort(
        Comparator.comparing(Kernel::file).thenComparing(Kernel::name).thenComparing(Kernel::architecture));
    String title = String.format("%-6s %4s %7s %6s %7s %7s  %s", "", "regs", "shared", "stack", "stores", "loads", "kernel");
    Files.writeString(
        output.resolve("resources.txt"),
        kernels.stream().map(Kernel::text).collect(Collectors.joining("\n", title + "\n", "\n")));
    Files.writeString(
        output.resolve("resources.json"),
        kernels.stream().map(Kernel::json).collect(Collectors.joining(",\n  ", "{\"kernels\": [\n  ", "\n]}\n")));
    List<String> complaints = complaints(kernels, Files.readAllLines(Path.of(arguments[1])));
    complaints.forEach(System.err::println);
    System.exit(complaints.isEmpty() ? 0 : 1);
  }

  private static List<Kernel> read(Path log) throws IOException {
    List<Kernel> kernels = new ArrayList<>();
    String file = log.getFileName().toString().replace(".log", ".cu");
    String name = null;
    String architecture = null;
    int[] frame = new int[3];
    for (String line : Files.readAllLines(log)) {
      Matcher entry = ENTRY.matcher(line);
      Matcher bytes = FRAME.matcher(line);
      Matcher used = USED.matcher(line);
      if (entry.find()) {
        name = entry.group(1);
        architecture = entry.group(2);
        frame = new int[3];
      } else if (bytes.find()) {
        // A kernel and functions that were not inlined into it: their sum is what a thread may need.
        for (int i = 0; i < 3; i++) frame[i] += Integer.parseInt(bytes.group(i + 1));
      } else if (used.find() && name != null) {
        int shared = used.group(2) == null ? 0 : Integer.parseInt(used.group(2));
        int registers = Integer.parseInt(used.group(1));
        kernels.add(new Kernel(file, name, architecture, registers, shared, frame[0], frame[1], frame[2]));
        name = null;
      }
    }
    return kernels;
  }

  /** With the names of the source instead of the linker's, if c++filt is here. */
  private static List<Kernel> named(List<Kernel> kernels) throws IOException, InterruptedException {
    Path list = Files.createTempFile("kernels", ".txt");
    try {
      Files.write(list, kernels.stream().map(Kernel::name).toList());
      Process filter = new ProcessBuilder("c++filt").redirectInput(list.toFile()).start();
      List<String> names = new String(filter.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
      if (filter.waitFor() != 0 || names.size() != kernels.size()) return kernels;
      List<Kernel> named = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Kernel k = kernels.get(i);
        named.add(
            new Kernel(k.file(), brief(names.get(i)), k.architecture(), k.registers(), k.shared(), k.stack(), k.stores(), k.loads()));
      }
      return named;
    } catch (IOException e) {
      System.err.println("selkie-cuda: no c++filt here, so resources.txt has the linker's names");
      return kernels;
    } finally {
      Files.delete(list);
    }
  }

  /** Without result, parameters, namespaces and the types of enums: {@code batchnorm_forward_kernel<float, 1>}. */
  private static String brief(String name) {
    String brief = name.replaceAll("\\(anonymous namespace\\)::", "").replaceAll("\\(\\w+\\)(?=\\d)", "");
    return brief.replaceAll("\\(.*\\)$", "").replaceAll("^void ", "").replaceAll("\\s+", "");
  }

  private static List<String> complaints(List<Kernel> kernels, List<String> allowed) {
    List<String> complaints = new ArrayList<>();
    Set<String> used = new HashSet<>();
    List<String> excuses = allowed.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    Set<String> architectures = kernels.stream().map(Kernel::architecture).collect(Collectors.toSet());
    for (Kernel kernel : kernels) {
      boolean excused = kernel.spilled() == 0;
      for (String excuse : excuses) {
        String[] words = excuse.split("\\s+", 4);
        if (words.length < 4) {
          throw new IllegalArgumentException("not `kernel architecture bytes reason`: " + excuse);
        }
        boolean meant = kernel.name().equals(words[0]) && (words[1].equals("*") || words[1].equals(kernel.architecture()));
        if (!meant || kernel.spilled() == 0) continue;
        used.add(excuse);
        excused |= kernel.spilled() <= Integer.parseInt(words[2]);
      }
      if (!excused) {
        complaints.add(
            kernel.file() + ": " + kernel.name() + " spills " + kernel.spilled() + " bytes of registers on "
                + kernel.architecture() + "; give a thread less to hold, or excuse it with a reason in spills.txt");
      }
    }
    for (String excuse : excuses) {
      String architecture = excuse.split("\\s+", 4)[1];
      boolean compiled = architecture.equals("*") || architectures.contains(architecture);
      if (compiled && !used.contains(excuse)) complaints.add("spills.txt excuses what does not spill: " + excuse);
    }
    return complaints;
  }
}
