package dev.selkie.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.NetworkSummary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and multiply-adds of the zoo, as others count them. */
class PublishedCountsTest {
  /** Counts by timm, torchvision and Caffe's models, to the last digit, at 224x224. */
  @ParameterizedTest
  @CsvSource({
    "ResNet18,          11689512,  1814073344",
    "ResNet34,          21797672,  3663761408",
    "ResNet50,          25557032,  4089184256",
    "ResNet101,         44549160,  7801405440",
    "ResNet152,         60192808, 11513626624",
    "TimmSeResNet18,    11779624,  1814161408",
    "LegacySeResNet18,  11778592,  1814160384",
    "SeResNet18,        11778592,  1814160384",
    "SeResNet50,        28088024,  4091699200",
    "SeResNet101,       49326872,  7806148608",
    "CaffeResNet50,     25557032,  3857973248",
    "CaffeResNet101,    44549160,  7570194432",
    "CaffeResNet152,    60192808, 11282415616",
    "CaffeSeResNet50,   28088024,  3860488192",
    "CaffeSeResNet101,  49326872,  7574937600",
    "ResNeXt50,         25028904,  4230479872",
    "SeResNeXt50,       27559896,  4232994816",
    "Vgg16,            138357544, 15470264320",
    "Vgg16Bn,          138365992, 15470264320",
    "BnInception,       11285224,  2032600064",
    "InceptionResNetV2, 55843464, 13155794016",
    "MobileNet,          4231976,   568740352",
    "SkNet50,           27479784,  4462710784",
    "SkResNet18,        11958056,  1814337536",
    "SkResNet50,        25803160,  4089422336",
  })
  void ofImageNet(String name, long parameters, long multiplyAdds) {
    requireCounts(name, parameters, multiplyAdds);
  }

  /**
   * Ablations of selective kernels (Li et al., 2019, tables 6 and 7): a unit of width w and d
   * hidden units has 9 w w / G + 2 w for each branch, w d for each branch and once more, and 2 d.
   * The paper prints millions and billions with one and two digits.
   */
  @ParameterizedTest
  @CsvSource({
    "SkNet26,              16746408, 2586877952",
    "SkNet101,             48736040, 8448724992",
    "SkNet50Dilation1,     27479784, 4462710784",
    "SkNet50Dilation3,     27479784, 4462710784",
    "SkNet50Dilations2And3, 27479784, 4462710784",
    "SkNet50Kernel5,       28029928, 4552626176",
    "SkNet50Kernel7,       27990632, 4546203648",
    "SkNet50Dilations1To3, 29249512, 4694261760",
    "ResNeXt50K5,          25028904, 4230479872",
    "ResNeXt50K7,          25028904, 4230479872",
    "ResNeXt50K3K5,        26458664, 4461690880",
    "ResNeXt50K3K7,        26458664, 4461690880",
    "ResNeXt50K5K7,        26458664, 4461690880",
    "ResNeXt50K3K5K7,      27888424, 4692901888",
    "SkResNet34,           22282376, 3664237568",
  })
  void ofSelectiveKernels(String name, long parameters, long multiplyAdds) {
    requireCounts(name, parameters, multiplyAdds);
  }

  /** At 32x32 and 10 classes. */
  @ParameterizedTest
  @CsvSource({
    "CifarResNet20,     269722,   40551040",
    "CifarResNet56,     853018,  125485696",
    "CifarResNet110,   1727962,  252887680",
    "PreActResNet110,  1727962,  252887680",
    "PreActResNet164,  1703258,  244500992",
    "WideResNet16x8,  10961370, 1548145664",
    "WideResNet28x10, 36479194, 5243328768",
  })
  void ofCifar(String name, long parameters, long multiplyAdds) {
    requireCounts(name, parameters, multiplyAdds);
  }

  /** With 100 classes, whose last layer is all that differs. */
  @ParameterizedTest
  @CsvSource({
    "CifarResNet110,    1733812",
    "PreActResNet110,   1733812",
    "SePreActResNet110, 1748050",
    "PreActResNet164,   1726388",
    "SePreActResNet164, 1928492",
    "WideResNet16x8,   11007540",
    "SeWideResNet16x8, 11095460",
  })
  void ofCifar100(String name, long parameters) {
    NetworkSummary summary = summary(name);
    long perClass =
        summary.layers().stream()
                .filter(layer -> layer.name().equals("features"))
                .mapToLong(NetworkSummary.Layer::channels)
                .sum()
            + 1;
    assertEquals(parameters, summary.parameters() + 90 * perClass);
  }

  @ParameterizedTest
  @CsvSource({
    // Torchvision's counts.
    "ShuffleNetV2x05,  1366792",
    "ShuffleNetV2x10,  2278604",
    "CifarResNet32,     464154",
    "CifarResNet44,     658586",
    "SeCifarResNet110, 1742200",
    "SePreActResNet110, 1742200",
    "SePreActResNet164, 1905362",
    "SeWideResNet16x8, 11049290",
    "ResNeXt29x16x32,  25136970",
    "ResNeXt29x8x64,   34426698",
    "ResNeXt29x16x64,  68155210",
    "SkNet29,          27813450",
    // Ablations (Hu et al., 2018, tables 10 to 16): other operators have the same weights.
    "SeResNet50Ratio2,    45676584",
    "SeResNet50Ratio4,    35616808",
    "SeResNet50Ratio16,   28071976",
    "SeResNet50Stage2,    25581608",
    "SeResNet50Stage3,    25688104",
    "SeResNet50Stage4,    26343464",
    "SeResNet50Behind3x3, 25714216",
    "SeResNet50Max,       28071976",
    "SeResNet50Relu,      28071976",
    "SeResNet50Tanh,      28071976",
    "SeResNet50Identity,  28071976",
    "SeResNet50Post,      28071976",
    "SeResNet50NoSqueeze, 28071976",
  })
  void parametersAlone(String name, long parameters) {
    assertEquals(parameters, summary(name).parameters());
  }

  /**
   * By the closed form of what is published: squeeze-and-excitation of C channels and R hidden
   * units adds 2 C R + R + C, the second branch of a depthwise selective kernel 9 C + 2 C, and its
   * 32 hidden units 3 * 32 C + 2 * 32.
   */
  @ParameterizedTest
  @CsvSource({
    "LegacySeResNet34,  21958868",
    "TimmSeResNet34,    21960416",
    "SeResNet34,        21958868",
    "SeCifarResNet20,     272095",
    "SeCifarResNet32,     468109",
    "SeCifarResNet44,     664123",
    "SeCifarResNet56,     860137",
    "SeShuffleNetV2x05,  1374812",
    "SeShuffleNetV2x10,  2321184",
    "SkUnit,               90954",
    "GroupedUnit,          73738",
    "SkShuffleNetV2x05,  1442096",
    "SkShuffleNetV2x10,  2459410",
  })
  void parametersByClosedForm(String name, long parameters) {
    assertEquals(parameters, summary(name).parameters());
  }

  /**
   * What selective kernels add to ShuffleNetV2 (Li et al., 2019, table 4: 1.40M to 1.48M, 2.45M to
   * 2.63M): a difference of two rounded figures.
   */
  @ParameterizedTest
  @CsvSource({"ShuffleNetV2x05, 0.08", "ShuffleNetV2x10, 0.18"})
  void millionsThatSelectiveKernelsAdd(String plain, double millions) {
    long added = summary("Sk" + plain).parameters() - summary(plain).parameters();
    assertEquals(millions, added / 1e6, 0.01);
  }

  @ParameterizedTest
  @CsvSource({"SeResNet50NoSqueeze, 4269015040"})
  void multiplyAddsAlone(String name, long multiplyAdds) {
    assertEquals(multiplyAdds, summary(name).multiplyAdds());
  }

  /** Millions that papers print; with running statistics among them, which are 0.1 at most. */
  @ParameterizedTest
  @CsvSource({
    "SeNet154,         115.1",
    "ResNeXt101,        44.3",
    "SeMobileNet,        4.7",
    "SeResNet50Ratio8,  30.7",
    "SeResNet50Ratio32, 26.9",
  })
  void millionsOfParameters(String name, double millions) {
    assertEquals(millions - 0.05, summary(name).parameters() / 1e6, 0.1);
  }

  /** Sizes of the weights released with the paper; 1 MiB at most is running statistics. */
  @ParameterizedTest
  @CsvSource({
    "CaffeSeResNet50,  107",
    "CaffeSeResNet101, 189",
    "CaffeSeResNet152, 256",
    "SeResNeXt50,      105",
    "SeResNeXt101,     187",
    "SeNet154,         440",
    "SeBnInception,     46",
  })
  void mebibytesOfParameters(String name, double released) {
    assertEquals(released - 0.5, summary(name).parameters() * 4 / 0x1p20, 1);
  }

  /** Papers' 10^9 multiply-adds; they count some sums and products by value too, up to 0.03. */
  @ParameterizedTest
  @CsvSource({
    "SeNet154,            20.69",
    "CaffeSeResNet152,    11.32",
    "ResNeXt101,           7.99",
    "SeResNeXt101,         8.00",
    "SeVgg16,             15.48",
    "SeBnInception,        2.04",
    "SeResNet50Ratio16,    3.87",
    "SeResNet50Behind3x3,  3.86",
  })
  void billionsOfMultiplyAdds(String name, double billions) {
    assertEquals(billions - 0.015, summary(name).multiplyAdds() / 1e9, 0.02);
  }

  /** As above, for the small ones: 10^6, up to 3. */
  @ParameterizedTest
  @CsvSource({"SeMobileNet, 572", "ShuffleNetV2x05, 41", "ShuffleNetV2x10, 146"})
  void millionsOfMultiplyAdds(String name, double millions) {
    assertEquals(millions - 1.5, summary(name).multiplyAdds() / 1e6, 1.5);
  }

  /** Table 3 of Hu et al. (2018) prints 1.8M and 2.4M, tenths cut off, and 140 and 142 million. */
  @ParameterizedTest
  @CsvSource({"ShuffleNet, 18, 140", "SeShuffleNet, 24, 142"})
  void ofShuffleNet(String name, long tenths, double millions) {
    assertEquals(tenths, summary(name).parameters() / 100_000);
    // The paper's own baseline is 2.5 million above the convolutions' and the dense layer's.
    assertEquals(millions - 3, summary(name).multiplyAdds() / 1e6, 1);
  }

  private static void requireCounts(String name, long parameters, long multiplyAdds) {
    NetworkSummary summary = summary(name);
    assertEquals(parameters, summary.parameters());
    assertEquals(multiplyAdds, summary.multiplyAdds());
  }

  private static NetworkSummary summary(String name) {
    return NetworkFactory.all().stream()
        .filter(factory -> factory.name().endsWith("." + name))
        .findFirst()
        .orElseThrow()
        .summary();
  }
}
