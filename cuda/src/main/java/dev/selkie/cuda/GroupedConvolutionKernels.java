package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.DeviceTensor.device;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Branch;
import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Parameter;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;

/**
 * Grouped 3x3 convolutions with 4 to 32 channels in a group, where libraries are slow. A backend
 * asks {@link #hasKernel} and gives every other convolution to a library.
 */
interface GroupedConvolutionKernels extends KernelVerbs {
  /** Branches of one input that a launch can take. */
  int MOST_BRANCHES = 3;

  /** Whether there is a kernel for a convolution. */
  static boolean hasKernel(Parameter weight, ConvGeometry g) {
    Shape shape = weight.value().shape();
    return Kernels.groupedConvolutionSupports(
        shape.channels() * g.groups(),
        shape.batch(),
        g.groups(),
        g.kernelHeight(),
        g.kernelWidth(),
        g.stride(),
        g.dilation(),
        g.paddingHeight(),
        g.paddingWidth());
  }

  @Override
  default void convolutionForward(Tensor y, Tensor x, Parameter weight, ConvGeometry geometry) {
    forward(x, geometry, y, weight, null, List.of(), List.of());
  }

  @Override
  default void convolutionBackwardData(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(dx, false, dy, weight, geometry);
  }

  @Override
  default void convolutionBackwardDataAccumulate(
      Tensor dx, Tensor dy, Parameter weight, ConvGeometry geometry) {
    backwardData(dx, true, dy, weight, geometry);
  }

  @Override
  default void convolutionBackwardWeights(
      Parameter weight, Tensor x, Tensor dy, ConvGeometry geometry) {
    Shape s = x.shape();
    int group = s.channels() / geometry.groups();
    long floats =
        Kernels.groupedConvolutionWeightsScratch(
            s.batch(), s.height(), s.width(), s.channels(), group, geometry.stride());
    Kernels.groupedConvolutionBackwardWeights(
        KernelType.of(device(x)).code(),
        gradient(weight),
        address(x),
        address(dy),
        scratch(floats * Float.BYTES),
        geometry.dilation(),
        s.batch(),
        s.height(),
        s.width(),
        s.channels(),
        group,
        geometry.stride(),
        stream());
  }

  /** One launch for all branches where the kernels can; else each by its own verbs. */
  @Override
  default void selectConvolutionForward(List<Tensor> ys, Selection selection, Tensor x) {
    List<Branch> branches = selection.branches();
    if (together(branches)) {
      Branch first = branches.get(0);
      forward(x, first.geometry(), ys.get(0), first.weight(), first.norm(), ys, branches);
      return;
    }
    for (int m = 0; m < ys.size(); m++) {
      Branch branch = branches.get(m);
      convolutionForward(ys.get(m), x, branch.weight(), branch.geometry());
      batchNormMoments(branch.norm(), ys.get(m));
    }
  }

  private static boolean together(List<Branch> branches) {
    ConvGeometry first = branches.get(0).geometry();
    boolean together = branches.size() <= MOST_BRANCHES;
    for (int m = 0; together && m < branches.size(); m++) {
      ConvGeometry g = branches.get(m).geometry();
      together =
          g.groups() == first.groups()
              && g.stride() == first.stride()
              && hasKernel(branches.get(m).weight(), g);
    }
    return together;
  }

  /**
   * One launch for the first branch and those that the lists have behind it: the lists are empty
   * for a convolution that is no branch, so that it needs none of its own.
   */
  private void forward(
      Tensor x,
      ConvGeometry geometry,
      Tensor y,
      Parameter weight,
      BatchNorm norm,
      List<Tensor> ys,
      List<Branch> branches) {
    Shape s = x.shape();
    int group = s.channels() / geometry.groups();
    boolean second = branches.size() > 1;
    boolean third = branches.size() > 2;
    long floats =
        Kernels.groupedConvolutionMomentsScratch(
            Math.max(1, branches.size()),
            s.batch(),
            s.height(),
            s.width(),
            s.channels(),
            group,
            geometry.stride());
    Kernels.groupedConvolutionForward(
        KernelType.of(device(x)).code(),
        address(y),
        moments(norm),
        value(weight),
        geometry.dilation(),
        second ? address(ys.get(1)) : 0,
        second ? moments(branches.get(1).norm()) : 0,
        second ? value(branches.get(1).weight()) : 0,
        second ? branches.get(1).geometry().dilation() : 0,
        third ? address(ys.get(2)) : 0,
        third ? moments(branches.get(2).norm()) : 0,
        third ? value(branches.get(2).weight()) : 0,
        third ? branches.get(2).geometry().dilation() : 0,
        address(x),
        floats == 0 || norm == null ? 0 : scratch(floats * Float.BYTES),
        s.batch(),
        s.height(),
        s.width(),
        s.channels(),
        group,
        geometry.stride(),
        stream());
  }

  private static long moments(BatchNorm norm) {
    return norm == null ? 0 : address(norm.moments());
  }

  private void backwardData(
      Tensor dx, boolean accumulate, Tensor dy, Parameter weight, ConvGeometry geometry) {
    Shape s = dx.shape();
    Kernels.groupedConvolutionBackwardData(
        KernelType.of(device(dx)).code(),
        address(dx),
        accumulate,
        address(dy),
        value(weight),
        geometry.dilation(),
        0,
        0,
        0,
        0,
        0,
        0,
        s.batch(),
        s.height(),
        s.width(),
        s.channels(),
        s.channels() / geometry.groups(),
        geometry.stride(),
        stream());
  }
}
