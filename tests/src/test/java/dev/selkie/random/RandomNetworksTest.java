package dev.selkie.random;

import static org.junit.jupiter.api.Assertions.fail;

import dev.selkie.random.Generator.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random sound networks, fused and unfused, on the reference and on the CPU: logits, losses, all
 * gradients, running statistics, logits of inference and an optimiser's update.
 *
 * <p>As many as one likes, from any seed on, each of which is one network:
 *
 * <pre>
 * mvn test -pl tests -am -Dtest=RandomNetworksTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dselkie.random.networks=2000 -Dselkie.random.seed=1
 * </pre>
 */
class RandomNetworksTest {
  private static final int NETWORKS = Integer.getInteger("selkie.random.networks", 200);
  private static final long SEED = Long.getLong("selkie.random.seed", 1);

  /** Compiled at once. */
  private static final int SHEAF = 50;

  private static final int SHOWN = 10;

  private final List<String> failures = new ArrayList<>();

  @Test
  void agreeWithTheDocumentation() {
    ExecutorService compiler = Executors.newSingleThreadExecutor();
    try {
      Sheaf next = new Sheaf(0, compiler);
      for (int first = 0; first < NETWORKS; first += SHEAF) {
        Sheaf sheaf = next;
        next = first + SHEAF < NETWORKS ? new Sheaf(first + SHEAF, compiler) : null;
        sheaf.run();
        report(Math.min(NETWORKS, first + SHEAF));
      }
    } finally {
      compiler.shutdown();
    }
    if (!failures.isEmpty()) {
      fail(
          "%d of %d networks are wrong\n%s"
              .formatted(
                  failures.size(),
                  NETWORKS,
                  String.join("\n", failures.subList(0, Math.min(SHOWN, failures.size())))));
    }
  }

  private static String some(List<String> faults) {
    String first = String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size())));
    return faults.size() > SHOWN ? first + "; and so on" : first;
  }

  private void report(int done) {
    if (done % (2 * SHEAF) == 0 || done == NETWORKS) {
      System.out.printf(
          "%,d of %,d random networks from seed %d on, %d wrong%n",
          done, NETWORKS, SEED, failures.size());
    }
  }

  /** Some networks, which are compiled while those before them run. */
  private final class Sheaf {
    private final List<Drawn> drawn;
    private final CompletableFuture<Compilation> fused;
    private final CompletableFuture<Compilation> unfused;

    Sheaf(int first, ExecutorService compiler) {
      drawn =
          LongStream.range(SEED + first, SEED + Math.min(NETWORKS, first + SHEAF))
              .mapToObj(Generator::draw)
              .toList();
      fused = CompletableFuture.supplyAsync(() -> compile(true), compiler);
      unfused = CompletableFuture.supplyAsync(() -> compile(false), compiler);
    }

    private Compilation compile(boolean fuse) {
      return Compilation.of(drawn.stream().map(Drawn::model).toList(), fuse);
    }

    void run() {
      try (Compilation with = fused.join();
          Compilation without = unfused.join()) {
        drawn.forEach(each -> run(each, with, without));
      }
    }

    private void run(Drawn each, Compilation with, Compilation without) {
      List<String> faults;
      Model model = each.model();
      try (Trial trial = new Trial(each, with.network(model), without.network(model))) {
        faults = trial.faults();
      } catch (RuntimeException | AssertionError e) {
        faults = List.of("it failed: " + e);
      }
      if (!faults.isEmpty()) {
        System.out.printf("seed %d is wrong: %s%n", each.seed(), faults.get(0));
        failures.add(
            "seed %d, batch %d: %s\nTo repeat it: -Dselkie.random.networks=1 -Dselkie.random.seed=%1$d\n%s"
                .formatted(each.seed(), each.batch(), some(faults), model.source()));
      }
    }
  }
}
