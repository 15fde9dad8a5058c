package dev.selkie.samples;

import static dev.selkie.annotation.Activation.NONE;
import static dev.selkie.annotation.Activation.RELU;

import dev.selkie.annotation.Add;
import dev.selkie.annotation.Block;
import dev.selkie.annotation.Conv;
import dev.selkie.annotation.Shortcut;
import dev.selkie.runtime.Tensor;

/** The unit of ResNeXt-29 16x64d (Xie et al., 2017, section 5.3). */
@Block
public interface CifarResNeXt16x64Unit {
  @Conv(widths = 16)
  Tensor reduce(Tensor x);

  @Conv(widths = 16, kernel = 3, strided = true, groups = 16)
  Tensor spatial(Tensor reduce);

  @Conv(widths = 4, activation = NONE)
  Tensor expand(Tensor spatial);

  @Shortcut(widths = 4, strided = true)
  Tensor shortcut(Tensor x);

  @Add(activation = RELU)
  Tensor out(Tensor expand, Tensor shortcut);
}
