package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** What cuDNN wants to know about one convolution in NHWC. Sums are float32 in every precision. */
final class CudnnDescriptors implements AutoCloseable {
  final cudnnTensorDescriptor x = new cudnnTensorDescriptor();
  final cudnnTensorDescriptor y = new cudnnTensorDescriptor();
  final cudnnFilterDescriptor weight = new cudnnFilterDescriptor();
  final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();

  CudnnDescriptors(ConvolutionShape shape) {
    int type = type(shape.precision());
    tensor(x, shape.x(), type);
    tensor(y, shape.y(), type);
    Shape w = shape.weight();
    Results.cudnn("cudnnCreateFilterDescriptor", JCudnn.cudnnCreateFilterDescriptor(weight));
    Results.cudnn(
        "filter of " + shape,
        JCudnn.cudnnSetFilter4dDescriptor(
            weight,
            type,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            w.batch(),
            w.channels(),
            w.height(),
            w.width()));
    ConvGeometry g = shape.geometry();
    Results.cudnn(
        "cudnnCreateConvolutionDescriptor", JCudnn.cudnnCreateConvolutionDescriptor(convolution));
    Results.cudnn(
        "geometry of " + shape,
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            g.paddingHeight(),
            g.paddingWidth(),
            g.stride(),
            g.stride(),
            g.dilation(),
            g.dilation(),
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION,
            cudnnDataType.CUDNN_DATA_FLOAT));
    Results.cudnn(
        "groups of " + shape, JCudnn.cudnnSetConvolutionGroupCount(convolution, g.groups()));
    Results.cudnn(
        "arithmetic of " + shape,
        JCudnn.cudnnSetConvolutionMathType(convolution, arithmetic(shape.precision())));
  }

  static int type(Precision precision) {
    return switch (precision) {
      case FLOAT32, TF32 -> cudnnDataType.CUDNN_DATA_FLOAT;
      case BFLOAT16 -> cudnnDataType.CUDNN_DATA_BFLOAT16;
      case FLOAT16 -> cudnnDataType.CUDNN_DATA_HALF;
    };
  }

  /** Full float32 where it was not asked for less. */
  static int arithmetic(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> cudnnMathType.CUDNN_FMA_MATH;
      case TF32 -> cudnnMathType.CUDNN_DEFAULT_MATH;
      case BFLOAT16, FLOAT16 -> cudnnMathType.CUDNN_TENSOR_OP_MATH;
    };
  }

  private static void tensor(cudnnTensorDescriptor descriptor, Shape shape, int type) {
    Results.cudnn("cudnnCreateTensorDescriptor", JCudnn.cudnnCreateTensorDescriptor(descriptor));
    Results.cudnn(
        "tensor " + shape,
        JCudnn.cudnnSetTensor4dDescriptor(
            descriptor,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            type,
            shape.batch(),
            shape.channels(),
            shape.height(),
            shape.width()));
  }

  @Override
  public void close() {
    JCudnn.cudnnDestroyConvolutionDescriptor(convolution);
    JCudnn.cudnnDestroyFilterDescriptor(weight);
    JCudnn.cudnnDestroyTensorDescriptor(y);
    JCudnn.cudnnDestroyTensorDescriptor(x);
  }
}
