package dev.selkie.runtime.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases, family by family. */
public final class OpCases {
  private OpCases() {}

  public static List<OpCase> all() {
    return Stream.of(
            ConvolutionCases.all(),
            BatchNormCases.all(),
            ExcitationCases.all(),
            SelectCases.all(),
            ElementwiseCases.all(),
            ChannelCases.all(),
            SameInputCases.all(),
            PoolingCases.all(),
            DenseCases.all(),
            InferenceCases.all(),
            OptimizerCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
