package dev.selkie.parity;

import static dev.selkie.runtime.Batch.batch;

import dev.selkie.peer.ResidualNetwork;
import dev.selkie.peer.TorchModel;
import dev.selkie.runtime.Batch;
import dev.selkie.runtime.Device;
import dev.selkie.runtime.TrainableNetwork;
import dev.selkie.samples.SeResNet20Network;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** From the same start Selkie and PyTorch compute the same, to float32 rounding. */
class PyTorchParityTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 10;

  @Test
  void squeezeExciteInResidualUnits() {
    TorchModel twin =
        new ResidualNetwork(
            ResidualNetwork.Input.CIFAR, ResidualNetwork.Unit.BASIC, 16, List.of(3, 3, 3), 1, 16);
    requireParity(SeResNet20Network::on, twin, 32);
  }

  @Test
  void squeezeExciteInGroupedBottlenecks() {
    requireParity(SmallSeResNeXtNetwork::on, Twins::smallSeResNeXt, 16);
  }

  @Test
  void squeezeExciteOfAConcatenation() {
    requireParity(SmallSeInceptionNetwork::on, Twins::smallSeInception, 16);
  }

  @Test
  void squeezeExciteBehindRelu() {
    requireParity(SmallSeVggNetwork::on, Twins::smallSeVgg, 16);
  }

  /** Norms before convolutions, shortcuts of zeros, and a squeeze to the maximum gated by tanh. */
  @Test
  void squeezeExciteInPreActivatedUnits() {
    requireParity(SmallSePreActNetwork::on, Twins::smallSePreAct, 16);
  }

  @Test
  void splitAndShuffledUnits() {
    requireParity(SmallShuffleNetV2Network::on, Twins::smallShuffleNetV2, 16);
  }

  @Test
  void selectiveKernels() {
    requireParity(SmallSkNetwork::on, Twins::smallSk, 16);
  }

  @Test
  void selectiveKernelsInResidualUnits() {
    requireParity(SmallSkNetNetwork::on, Twins::smallSkNet, 64);
  }

  private static void requireParity(
      BiFunction<Device, Batch, ? extends TrainableNetwork> factory, TorchModel twin, int size) {
    Start start = Start.draw(twin, BATCH, size, CLASSES, 1);
    try (TrainableNetwork network = factory.apply(Device.cpu(), batch(BATCH))) {
      TorchTrainee.agreement(twin, start).require(SelkieTrainee.train(network, start));
    }
  }
}
