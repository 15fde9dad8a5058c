package dev.selkie.cuda;

import static dev.selkie.cuda.DeviceTensor.address;
import static dev.selkie.cuda.DeviceTensor.device;
import static dev.selkie.cuda.KernelVerbs.gradient;
import static dev.selkie.cuda.KernelVerbs.value;

import dev.selkie.runtime.BatchNorm;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Shape;
import dev.selkie.runtime.Tensor;
import java.util.List;
import java.util.function.ToLongFunction;

/** Selective kernels, but for their convolutions. */
interface SelectKernels extends KernelVerbs {
  @Override
  default void selectStatistics(Selection selection, int positions) {
    Shape counts = selection.counts().shape();
    SelectNatives.selectStatistics(
        norms(selection, norm -> address(norm.statistics())),
        norms(selection, norm -> address(norm.runningMean())),
        norms(selection, norm -> address(norm.runningVariance())),
        norms(selection, norm -> address(norm.moments())),
        norms(selection, norm -> value(norm.scale())),
        norms(selection, norm -> value(norm.shift())),
        counts.batch(),
        positions,
        counts.channels(),
        stream());
  }

  @Override
  default void selectSqueeze(Selection selection, List<Tensor> xs) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectSqueeze(
        KernelType.of(device(x)).code(),
        address(selection.counts()),
        addresses(xs),
        statistics(selection),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void selectFuse(Selection selection, int positions) {
    Shape squeeze = selection.squeeze().shape();
    SelectNatives.selectFuse(
        address(selection.squeeze()),
        address(selection.linear()),
        address(selection.statistics()),
        address(selection.runningMean()),
        address(selection.runningVariance()),
        address(selection.hidden()),
        address(selection.weights()),
        address(selection.counts()),
        statistics(selection),
        value(selection.squeezeWeight()),
        value(selection.scale()),
        value(selection.shift()),
        value(selection.selectWeight()),
        units(selection),
        squeeze.batch(),
        positions,
        squeeze.channels(),
        stream());
  }

  @Override
  default void selectForward(Tensor out, List<Tensor> xs, Selection selection) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectForward(
        KernelType.of(device(x)).code(),
        address(out),
        addresses(xs),
        statistics(selection),
        address(selection.weights()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void selectBackwardSums(Selection selection, Tensor dOut, List<Tensor> xs) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectBackwardSums(
        KernelType.of(device(x)).code(),
        address(selection.sums()),
        address(dOut),
        addresses(xs),
        statistics(selection),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void selectBackwardStatistics(Selection selection, int positions) {
    Shape squeeze = selection.squeeze().shape();
    long logits = bytes(selection.weights());
    long scratch = scratch(logits + bytes(selection.hidden()));
    SelectNatives.selectBackwardStatistics(
        gradient(selection.squeezeWeight()),
        gradient(selection.scale()),
        gradient(selection.shift()),
        gradient(selection.selectWeight()),
        address(selection.dSqueeze()),
        scratch,
        scratch + logits,
        norms(selection, norm -> gradient(norm.scale())),
        norms(selection, norm -> gradient(norm.shift())),
        norms(selection, norm -> address(norm.coefficients())),
        address(selection.sums()),
        address(selection.counts()),
        statistics(selection),
        address(selection.squeeze()),
        address(selection.linear()),
        address(selection.statistics()),
        address(selection.hidden()),
        address(selection.weights()),
        value(selection.squeezeWeight()),
        value(selection.selectWeight()),
        units(selection),
        squeeze.batch(),
        positions,
        squeeze.channels(),
        stream());
  }

  @Override
  default void selectBackward(List<Tensor> dxs, Tensor dOut, List<Tensor> xs, Selection selection) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectBackward(
        KernelType.of(device(x)).code(),
        addresses(dxs),
        address(dOut),
        addresses(xs),
        statistics(selection),
        norms(selection, norm -> address(norm.coefficients())),
        address(selection.weights()),
        address(selection.dSqueeze()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void selectFuseInference(Selection selection, List<Tensor> xs) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectFuseInference(
        KernelType.of(device(x)).code(),
        address(selection.squeeze()),
        address(selection.linear()),
        address(selection.hidden()),
        address(selection.weights()),
        addresses(xs),
        address(selection.runningMean()),
        address(selection.runningVariance()),
        value(selection.squeezeWeight()),
        value(selection.scale()),
        value(selection.shift()),
        value(selection.selectWeight()),
        units(selection),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  @Override
  default void selectInference(Tensor out, List<Tensor> xs, Selection selection) {
    Tensor x = xs.get(0);
    Shape s = x.shape();
    SelectNatives.selectInference(
        KernelType.of(device(x)).code(),
        address(out),
        addresses(xs),
        address(selection.weights()),
        s.batch(),
        s.positions(),
        s.channels(),
        stream());
  }

  private static long[] addresses(List<Tensor> tensors) {
    return tensors.stream().mapToLong(DeviceTensor::address).toArray();
  }

  private static long[] norms(Selection selection, ToLongFunction<BatchNorm> part) {
    return selection.branches().stream().mapToLong(b -> part.applyAsLong(b.norm())).toArray();
  }

  private static long[] statistics(Selection selection) {
    return norms(selection, norm -> address(norm.statistics()));
  }

  private static int units(Selection selection) {
    return selection.hidden().shape().channels();
  }

  private static long bytes(Tensor tensor) {
    return tensor.element().bytes(tensor.shape().elements());
  }
}
