package dev.selkie.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import dev.selkie.training.bench.PeerRun;
import dev.selkie.training.bench.PeerTask;
import dev.selkie.training.bench.PeerVariant;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchPeerTest {
  static {
    Torch.load();
  }

  /**
   * Published counts: He et al. (2015) and torchvision for the plain networks, Hu et al. (2018) and
   * timm's legacy_seresnext50_32x4d and skresnext50_32x4d for the others. ResNet-20 has projections
   * (option B), 2,752 more than the paper's 269,722; each squeeze-and-excitation adds 2 C R + R +
   * C.
   */
  @ParameterizedTest
  @CsvSource({
    "ResNet20, 272474",
    "SeResNet20, 274847",
    "ResNet50, 25557032",
    "SeResNet50, 28088024",
    "SeResNeXt50, 27559896",
    "ResNeXt50, 25028904",
    "SkNet50, 27479784",
    "SkUnit, 90954",
    "GroupedUnit, 73738"
  })
  void hasAsManyParametersAsPublished(String network, long parameters) {
    ResidualNetwork model = TorchPeer.model("dev.selkie.samples." + network).orElseThrow();
    try (PointerScope scope = new PointerScope();
        TorchState state = new TorchState(ScalarType.Float, MemoryFormat.ChannelsLast)) {
      int size = model.input().size;
      Tensor logits =
          model.logits(new TorchLayers(state), torch.randn(1, model.input().channels, size, size));
      assertEquals(model.input().classes, logits.size(1));
      assertEquals(parameters, state.parameters().values().stream().mapToLong(Tensor::numel).sum());
    }
  }

  @Test
  void stepsInBothFormatsAndKeepsNoNativeMemory() {
    List<PeerVariant> variants = new TorchPeer().variants(task("SeResNet20", Precision.FLOAT32));
    assertEquals(
        List.of("channels_last", "contiguous"), variants.stream().map(PeerVariant::name).toList());
    for (PeerVariant variant : variants) {
      PeerRun run = variant.open();
      run.steps(1);
      long before = Pointer.totalCount();
      assertTrue(run.steps(1) > 0);
      assertTrue(Pointer.totalCount() <= before, "a step left native objects behind");
      run.close();
    }
  }

  @Test
  void hasNoVariantsOfANetworkOrAPrecisionItDoesNotKnow() {
    assertEquals(List.of(), new TorchPeer().variants(task("Tiny", Precision.FLOAT32)));
    assertEquals(List.of(), new TorchPeer().variants(task("SeResNet20", Precision.BFLOAT16)));
  }

  private static PeerTask task(String network, Precision precision) {
    String name = "dev.selkie.samples." + network;
    return new PeerTask(name, 274_847, new Shape(2, 32, 32, 3), 10, "cpu", precision, 1);
  }
}
