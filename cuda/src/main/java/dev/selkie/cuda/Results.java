package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import jcuda.driver.CUresult;
import jcuda.jcublas.cublasStatus;
import jcuda.jcudnn.cudnnStatus;

/** Turns a library's answer into an exception that says what was asked. */
final class Results {
  private Results() {}

  static void cuda(String what, int result) {
    if (result != CUresult.CUDA_SUCCESS) {
      throw new BackendException("%s: CUDA answers %s".formatted(what, CUresult.stringFor(result)));
    }
  }

  static void cudnn(String what, int status) {
    if (status != cudnnStatus.CUDNN_STATUS_SUCCESS) {
      throw new BackendException(
          "%s: cuDNN answers %s".formatted(what, cudnnStatus.stringFor(status)));
    }
  }

  static void cublas(String what, int status) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw new BackendException(
          "%s: cuBLAS answers %s".formatted(what, cublasStatus.stringFor(status)));
    }
  }
}
