package dev.selkie.cuda;

import dev.selkie.runtime.ConvGeometry;
import dev.selkie.runtime.Shape;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** What cuDNN wants to know about one convolution; float32, NHWC. */
final class CudnnDescriptors implements AutoCloseable {
  final cudnnTensorDescriptor x = new cudnnTensorDescriptor();
  final cudnnTensorDescriptor y = new cudnnTensorDescriptor();
  final cudnnFilterDescriptor weight = new cudnnFilterDescriptor();
  final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();

  CudnnDescriptors(ConvolutionShape shape) {
    tensor(x, shape.x());
    tensor(y, shape.y());
    Shape w = shape.weight();
    Results.cudnn("cudnnCreateFilterDescriptor", JCudnn.cudnnCreateFilterDescriptor(weight));
    Results.cudnn(
        "filter of " + shape,
        JCudnn.cudnnSetFilter4dDescriptor(
            weight,
            cudnnDataType.CUDNN_DATA_FLOAT,
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
    // Full float32: TF32 is for those who ask for it.
    Results.cudnn(
        "arithmetic of " + shape,
        JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_FMA_MATH));
  }

  private static void tensor(cudnnTensorDescriptor descriptor, Shape shape) {
    Results.cudnn("cudnnCreateTensorDescriptor", JCudnn.cudnnCreateTensorDescriptor(descriptor));
    Results.cudnn(
        "tensor " + shape,
        JCudnn.cudnnSetTensor4dDescriptor(
            descriptor,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            cudnnDataType.CUDNN_DATA_FLOAT,
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
