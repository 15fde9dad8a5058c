package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and multiply-adds of the zoo, as timm and torchvision count them at 224x224. */
class PublishedCountsTest {
  @ParameterizedTest
  @CsvSource({
    "ResNet50,    25557032, 4089184256",
    "SeResNet50,  28088024, 4091699200",
    "SeResNeXt50, 27559896, 4232994816",
  })
  void networkHasItsPublishedCounts(String name, long parameters, long multiplyAdds) {
    NetworkSummary summary =
        NetworkFactory.all().stream()
            .filter(factory -> factory.name().endsWith("." + name))
            .findFirst()
            .orElseThrow()
            .summary();
    assertEquals(parameters, summary.parameters());
    assertEquals(multiplyAdds, summary.multiplyAdds());
  }
}
