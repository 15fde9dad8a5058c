package dev.selkie.peer;

import static dev.selkie.peer.ResidualNetwork.Input.CIFAR;
import static dev.selkie.peer.ResidualNetwork.Input.IMAGENET;
import static dev.selkie.peer.ResidualNetwork.Input.UNIT;
import static dev.selkie.peer.ResidualNetwork.Unit.BASIC;
import static dev.selkie.peer.ResidualNetwork.Unit.BOTTLENECK;
import static dev.selkie.peer.ResidualNetwork.Unit.RESNEXT;
import static dev.selkie.peer.ResidualNetwork.Unit.SELECTIVE;
import static java.util.Map.entry;

import dev.selkie.runtime.Precision;
import dev.selkie.training.bench.BenchmarkPeer;
import dev.selkie.training.bench.PeerTask;
import dev.selkie.training.bench.PeerVariant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** PyTorch on the CPU: libtorch through its C++ interface, eager, float32. */
public final class TorchPeer implements BenchmarkPeer {
  private static final String ZOO = "dev.selkie.samples.";
  private static final List<Integer> ONE = List.of(1);
  private static final List<Integer> TWENTY = List.of(3, 3, 3);
  private static final List<Integer> TWENTY_SIX = List.of(2, 2, 2, 2);
  private static final List<Integer> FIFTY = List.of(3, 4, 6, 3);

  private static final Map<String, ResidualNetwork> NETWORKS =
      Map.ofEntries(
          entry(ZOO + "ResNet20", new ResidualNetwork(CIFAR, BASIC, 16, TWENTY, 1, 0)),
          entry(ZOO + "SeResNet20", new ResidualNetwork(CIFAR, BASIC, 16, TWENTY, 1, 16)),
          entry(ZOO + "ResNet50", new ResidualNetwork(IMAGENET, BOTTLENECK, 64, FIFTY, 1, 0)),
          entry(ZOO + "SeResNet50", new ResidualNetwork(IMAGENET, BOTTLENECK, 64, FIFTY, 1, 16)),
          entry(ZOO + "ResNeXt50", new ResidualNetwork(IMAGENET, RESNEXT, 64, FIFTY, 32, 0)),
          entry(ZOO + "SkNet26", new ResidualNetwork(IMAGENET, SELECTIVE, 64, TWENTY_SIX, 32, 0)),
          entry(ZOO + "SkNet50", new ResidualNetwork(IMAGENET, SELECTIVE, 64, FIFTY, 32, 0)),
          entry(ZOO + "SeResNeXt50", new ResidualNetwork(IMAGENET, RESNEXT, 64, FIFTY, 32, 16)),
          entry(ZOO + "SkUnit", new ResidualNetwork(UNIT, SELECTIVE, 64, ONE, 32, 0)),
          entry(ZOO + "GroupedUnit", new ResidualNetwork(UNIT, RESNEXT, 64, ONE, 32, 0)));

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public boolean serves(String device) {
    return device.equals("cpu");
  }

  @Override
  public List<PeerVariant> variants(PeerTask task) {
    if (task.precision() != Precision.FLOAT32) {
      return List.of();
    }
    int batch = task.images().batch();
    return model(task.network()).stream()
        .flatMap(
            model ->
                Stream.of(MemoryFormat.ChannelsLast, MemoryFormat.Contiguous)
                    .map(format -> variant(model, format, batch, task.threads())))
        .toList();
  }

  private static PeerVariant variant(
      ResidualNetwork model, MemoryFormat format, int batch, int threads) {
    String name = format == MemoryFormat.ChannelsLast ? "channels_last" : "contiguous";
    return new PeerVariant(
        name,
        () -> {
          Torch.load(); // Here what fails is a sentence; in a static initialiser an error.
          return new TorchRun(model, format, batch, threads);
        });
  }

  /** The description of a network of the zoo, by its full name. */
  static Optional<ResidualNetwork> model(String network) {
    return Optional.ofNullable(NETWORKS.get(network));
  }
}
