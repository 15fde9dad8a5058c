package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import java.util.Set;
import jcuda.driver.CUresult;
import jcuda.jcublas.cublasStatus;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnStatus;

/** Turns a library's answer into an exception that says what was asked. */
final class Results {
  /** After these the context answers every call with an error. */
  private static final Set<Integer> LOST =
      Set.of(
          CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
          CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
          CUresult.CUDA_ERROR_CONTEXT_IS_DESTROYED,
          CUresult.CUDA_ERROR_ASSERT,
          CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
          CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION,
          CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
          CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
          CUresult.CUDA_ERROR_INVALID_PC,
          CUresult.CUDA_ERROR_LAUNCH_FAILED);

  /** What is forbidden while a stream is captured, and what follows from having done it. */
  private static final Set<Integer> NOT_RECORDED =
      Set.of(
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_MERGE,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNMATCHED,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_UNJOINED,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_ISOLATION,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_IMPLICIT,
          CUresult.CUDA_ERROR_CAPTURED_EVENT,
          CUresult.CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD);

  private Results() {}

  static void cuda(String what, int result) {
    if (result == CUresult.CUDA_SUCCESS) {
      return;
    }
    String answer = "%s: CUDA answers %s".formatted(what, CUresult.stringFor(result));
    if (LOST.contains(result)) {
      throw new DeviceLostException(
          answer
              + "; nothing on the device can be used any more. A launch fails later than it is called: to have the verb, its layer and its shapes named, run again with SELKIE_CUDA_CHECK=1");
    }
    if (NOT_RECORDED.contains(result)) {
      throw new BackendException(
          answer
              + "; while a step is recorded into a graph, nothing may wait, allocate or use another stream, and something did: a verb of ours or a library. Train with --eager, which records nothing");
    }
    throw new BackendException(answer);
  }

  /** cuDNN 9 has other numbers than JCudnn's Java side, so it is asked for their names itself. */
  static void cudnn(String what, int status) {
    if (status != cudnnStatus.CUDNN_STATUS_SUCCESS) {
      throw new BackendException(
          "%s: cuDNN answers %s".formatted(what, JCudnn.cudnnGetErrorString(status)));
    }
  }

  static void cublas(String what, int status) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw new BackendException(
          "%s: cuBLAS answers %s".formatted(what, cublasStatus.stringFor(status)));
    }
  }
}
