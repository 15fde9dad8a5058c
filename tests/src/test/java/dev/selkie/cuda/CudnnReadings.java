package dev.selkie.cuda;

import java.util.List;
import java.util.stream.IntStream;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** What cuDNN says its descriptors hold, in the order of its own getters. */
record CudnnReadings(CudnnDescriptors descriptors) {
  /** Type, n, c, h, w, and the strides of the four. */
  List<Integer> x() {
    return tensor(descriptors.x);
  }

  List<Integer> y() {
    return tensor(descriptors.y);
  }

  private static List<Integer> tensor(cudnnTensorDescriptor descriptor) {
    int[][] v = places(9);
    Results.cudnn(
        "cudnnGetTensor4dDescriptor",
        JCudnn.cudnnGetTensor4dDescriptor(
            descriptor, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]));
    return values(v);
  }

  /** Type, format, out, in, height, width. */
  List<Integer> weight() {
    int[][] v = places(6);
    Results.cudnn(
        "cudnnGetFilter4dDescriptor",
        JCudnn.cudnnGetFilter4dDescriptor(descriptors.weight, v[0], v[1], v[2], v[3], v[4], v[5]));
    return values(v);
  }

  /**
   * Padding, strides, dilation, each of height and width; mode, type of the sums, groups,
   * arithmetic.
   */
  List<Integer> convolution() {
    int[][] v = places(10);
    Results.cudnn(
        "cudnnGetConvolution2dDescriptor",
        JCudnn.cudnnGetConvolution2dDescriptor(
            descriptors.convolution, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]));
    Results.cudnn(
        "cudnnGetConvolutionGroupCount",
        JCudnn.cudnnGetConvolutionGroupCount(descriptors.convolution, v[8]));
    Results.cudnn(
        "cudnnGetConvolutionMathType",
        JCudnn.cudnnGetConvolutionMathType(descriptors.convolution, v[9]));
    return values(v);
  }

  /** n, c, h, w of y, as cuDNN reckons them from x, weights and geometry. */
  List<Integer> output() {
    int[][] v = places(4);
    Results.cudnn(
        "cudnnGetConvolution2dForwardOutputDim",
        JCudnn.cudnnGetConvolution2dForwardOutputDim(
            descriptors.convolution, descriptors.x, descriptors.weight, v[0], v[1], v[2], v[3]));
    return values(v);
  }

  private static int[][] places(int count) {
    return new int[count][1];
  }

  private static List<Integer> values(int[][] places) {
    return IntStream.range(0, places.length).mapToObj(i -> places[i][0]).toList();
  }
}
