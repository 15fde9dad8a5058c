package dev.selkie.cuda;

import dev.selkie.runtime.BackendException;
import dev.selkie.runtime.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongConsumer;
import jcuda.Pointer;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnHandle;

/** One convolution by cuDNN; its algorithms are found by timing them. */
final class CudnnConvolution implements Driver.Convolution {
  /** Algorithms that need more workspace than this are not considered. */
  private static final long MOST_WORKSPACE = 1L << 30;

  private static final int CANDIDATES = 8;

  private final cudnnHandle handle;
  private final ConvolutionShape shape;
  private final NvidiaDriver driver;
  private final Algorithms algorithms;
  private final CudnnDescriptors d;
  private final int[] chosen = new int[Driver.Pass.values().length];
  private final long[] workspaces = new long[chosen.length];
  private final String forwardName;
  private final String backwardDataName;
  private final String backwardWeightsName;
  private final Pointer one = Pointer.to(new float[] {1});
  private final Pointer zero = Pointer.to(new float[] {0});

  CudnnConvolution(
      cudnnHandle handle, ConvolutionShape shape, NvidiaDriver driver, Algorithms algorithms) {
    this.handle = handle;
    this.shape = shape;
    this.driver = driver;
    this.algorithms = algorithms;
    this.d = new CudnnDescriptors(shape);
    this.forwardName = "convolution " + shape;
    this.backwardDataName = "data gradient of convolution " + shape;
    this.backwardWeightsName = "weight gradient of convolution " + shape;
  }

  /** A timed algorithm. JCudnn hands on neither what it was timed with nor what it needs. */
  private record Candidate(int algorithm, int status, float time, int determinism) {
    /** Two runs are to agree, so an algorithm that adds in any order comes after all others. */
    boolean repeats() {
      return determinism == cudnnDeterminism.CUDNN_DETERMINISTIC;
    }
  }

  @Override
  public void prepare(Driver.Pass pass, LongConsumer workspace) {
    driver.enter();
    int index = pass.ordinal();
    int algorithm =
        algorithms
            .known(shape, pass)
            .filter(known -> workspaceOf(pass, known) >= 0)
            .orElseGet(() -> find(pass));
    algorithms.note(shape, pass, algorithm);
    chosen[index] = algorithm;
    workspaces[index] = workspaceOf(pass, algorithm);
    workspace.accept(workspaces[index]);
  }

  /** Timed on memory of its own: the search overwrites its output. */
  private int find(Driver.Pass pass) {
    long xBytes = Scratch.align(bytes(shape.x()));
    long yBytes = Scratch.align(bytes(shape.y()));
    long all = xBytes + yBytes + Scratch.align(bytes(shape.weight()));
    long space = Math.min(MOST_WORKSPACE, Math.max(driver.room().free() - all, 0) / 2);
    // One block, so that nothing is left behind where it does not fit.
    long x = driver.allocate(all + space);
    long y = x + xBytes;
    long w = y + yBytes;
    long workspace = x + all;
    try {
      return Arrays.stream(candidates(pass, x, y, w, workspace, space))
          .filter(c -> c.status() == 0)
          .min(
              Comparator.comparing(Candidate::repeats)
                  .reversed()
                  .thenComparingDouble(Candidate::time))
          .map(Candidate::algorithm)
          .orElseThrow(
              () ->
                  new BackendException(
                      "cuDNN has no algorithm for %s of %s".formatted(pass, shape)));
    } finally {
      driver.free(x);
    }
  }

  /** Where cuDNN fails, JCudnn may copy as many results as a number says that nobody has set. */
  private Candidate[] candidates(
      Driver.Pass pass, long x, long y, long w, long workspace, long space) {
    try {
      return switch (pass) {
        case FORWARD -> forwardCandidates(y, x, w, workspace, space);
        case BACKWARD_DATA -> backwardDataCandidates(x, y, w, workspace, space);
        case BACKWARD_WEIGHTS -> backwardWeightsCandidates(w, x, y, workspace, space);
      };
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new BackendException(
          "algorithms of %s: cuDNN fails, and JCudnn does not hand on how; CUDNN_LOGLEVEL_DBG=1 and CUDNN_LOGDEST_DBG=stderr make cuDNN say it"
              .formatted(shape));
    }
  }

  private Candidate[] forwardCandidates(long y, long x, long w, long workspace, long space) {
    int[] count = new int[1];
    cudnnConvolutionFwdAlgoPerf[] found = new cudnnConvolutionFwdAlgoPerf[CANDIDATES];
    Arrays.setAll(found, i -> new cudnnConvolutionFwdAlgoPerf());
    Results.cudnn(
        "algorithms of " + shape,
        JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
            handle,
            d.x,
            at(x),
            d.weight,
            at(w),
            d.convolution,
            d.y,
            at(y),
            CANDIDATES,
            count,
            found,
            at(workspace),
            space));
    return Arrays.stream(found, 0, count[0])
        .map(f -> new Candidate(f.algo, f.status, f.time, f.determinism))
        .toArray(Candidate[]::new);
  }

  private Candidate[] backwardDataCandidates(long dx, long dy, long w, long workspace, long space) {
    int[] count = new int[1];
    cudnnConvolutionBwdDataAlgoPerf[] found = new cudnnConvolutionBwdDataAlgoPerf[CANDIDATES];
    Arrays.setAll(found, i -> new cudnnConvolutionBwdDataAlgoPerf());
    Results.cudnn(
        "algorithms of " + shape,
        JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
            handle,
            d.weight,
            at(w),
            d.y,
            at(dy),
            d.convolution,
            d.x,
            at(dx),
            CANDIDATES,
            count,
            found,
            at(workspace),
            space));
    return Arrays.stream(found, 0, count[0])
        .map(f -> new Candidate(f.algo, f.status, f.time, f.determinism))
        .toArray(Candidate[]::new);
  }

  private Candidate[] backwardWeightsCandidates(
      long dw, long x, long dy, long workspace, long space) {
    int[] count = new int[1];
    cudnnConvolutionBwdFilterAlgoPerf[] found = new cudnnConvolutionBwdFilterAlgoPerf[CANDIDATES];
    Arrays.setAll(found, i -> new cudnnConvolutionBwdFilterAlgoPerf());
    Results.cudnn(
        "algorithms of " + shape,
        JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
            handle,
            d.x,
            at(x),
            d.y,
            at(dy),
            d.convolution,
            d.weight,
            at(dw),
            CANDIDATES,
            count,
            found,
            at(workspace),
            space));
    return Arrays.stream(found, 0, count[0])
        .map(f -> new Candidate(f.algo, f.status, f.time, f.determinism))
        .toArray(Candidate[]::new);
  }

  /** Bytes; negative where the algorithm does not do this convolution. */
  private long workspaceOf(Driver.Pass pass, int algorithm) {
    long[] bytes = new long[1];
    int status =
        switch (pass) {
          case FORWARD ->
              JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
                  handle, d.x, d.weight, d.convolution, d.y, algorithm, bytes);
          case BACKWARD_DATA ->
              JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                  handle, d.weight, d.y, d.convolution, d.x, algorithm, bytes);
          case BACKWARD_WEIGHTS ->
              JCudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                  handle, d.x, d.y, d.convolution, d.weight, algorithm, bytes);
        };
    return status == 0 ? bytes[0] : -1;
  }

  @Override
  public void forward(long y, long x, long weight, float beta, long workspace) {
    driver.enter();
    int pass = Driver.Pass.FORWARD.ordinal();
    Results.cudnn(
        forwardName,
        JCudnn.cudnnConvolutionForward(
            handle,
            one,
            d.x,
            at(x),
            d.weight,
            at(weight),
            d.convolution,
            chosen[pass],
            at(workspace),
            workspaces[pass],
            factor(beta),
            d.y,
            at(y)));
  }

  @Override
  public void backwardData(long dx, long dy, long weight, float beta, long workspace) {
    driver.enter();
    int pass = Driver.Pass.BACKWARD_DATA.ordinal();
    Results.cudnn(
        backwardDataName,
        JCudnn.cudnnConvolutionBackwardData(
            handle,
            one,
            d.weight,
            at(weight),
            d.y,
            at(dy),
            d.convolution,
            chosen[pass],
            at(workspace),
            workspaces[pass],
            factor(beta),
            d.x,
            at(dx)));
  }

  @Override
  public void backwardWeights(long dWeight, long x, long dy, float beta, long workspace) {
    driver.enter();
    int pass = Driver.Pass.BACKWARD_WEIGHTS.ordinal();
    Results.cudnn(
        backwardWeightsName,
        JCudnn.cudnnConvolutionBackwardFilter(
            handle,
            one,
            d.x,
            at(x),
            d.y,
            at(dy),
            d.convolution,
            chosen[pass],
            at(workspace),
            workspaces[pass],
            factor(beta),
            d.weight,
            at(dWeight)));
  }

  private Pointer factor(float beta) {
    return beta == 0 ? zero : one;
  }

  private static Pointer at(long address) {
    return new DevicePointer(address);
  }

  private long bytes(Shape tensor) {
    return shape.precision().activations().bytes(tensor.elements());
  }

  @Override
  public void close() {
    driver.enter();
    d.close();
  }
}
