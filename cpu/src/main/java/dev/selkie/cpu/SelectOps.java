package dev.selkie.cpu;

import static dev.selkie.cpu.CpuTensor.cpu;

import dev.selkie.runtime.Branch;
import dev.selkie.runtime.Selection;
import dev.selkie.runtime.Tensor;
import java.util.List;

/** The verbs of selective kernels. */
abstract class SelectOps extends BranchOps {
  private final PerSite<SelectCounts> counts;
  private final PerSite<SelectForward> applications;
  private final PerSite<SelectSums> sumsOfGradients;
  private final PerSite<SelectBackward> gradients;
  private final SelectPool pool;
  private final SelectFuse fuse;
  private final SelectGradients small;

  SelectOps(Lanes lanes) {
    super(lanes);
    counts = new PerSite<>(lanes, SelectCounts::new);
    applications = new PerSite<>(lanes, SelectForward::new);
    sumsOfGradients = new PerSite<>(lanes, SelectSums::new);
    gradients = new PerSite<>(lanes, SelectBackward::new);
    pool = new SelectPool(lanes);
    fuse = new SelectFuse(lanes);
    small = new SelectGradients(lanes);
  }

  /** The chain gives all branches the same few samples of x, which so stay in cache. */
  @Override
  public final void selectConvolutionForward(List<Tensor> ys, Selection selection, Tensor x) {
    for (int m = 0; m < selection.size(); m++) {
      Branch branch = selection.branches().get(m);
      convolutionForward(ys.get(m), x, branch.weight(), branch.geometry());
      batchNormMoments(branch.norm(), ys.get(m));
    }
  }

  @Override
  public final void selectStatistics(Selection selection, int positions) {
    chain.settle();
    for (int m = 0; m < selection.size(); m++) {
      statistics.run(selection.branches().get(m).norm(), positions);
    }
  }

  @Override
  public final void selectSqueeze(Selection selection, List<Tensor> xs) {
    counts.at(selection.counts()).run(selection, xs);
  }

  @Override
  public final void selectFuse(Selection selection, int positions) {
    fuse.run(selection, positions);
  }

  @Override
  public final void selectForward(Tensor out, List<Tensor> xs, Selection selection) {
    applications.at(out).chain(cpu(out), xs, selection);
  }

  @Override
  public final void selectBackwardSums(Selection selection, Tensor dOut, List<Tensor> xs) {
    sumsOfGradients.at(selection.sums()).run(selection, cpu(dOut), xs);
  }

  @Override
  public final void selectBackwardStatistics(Selection selection, int positions) {
    small.run(selection, positions);
  }

  @Override
  public final void selectBackward(
      List<Tensor> dxs, Tensor dOut, List<Tensor> xs, Selection selection) {
    gradients.at(dxs.get(0)).run(dxs, cpu(dOut), xs, selection);
  }

  @Override
  public final void selectFuseInference(Selection selection, List<Tensor> xs) {
    pool.run(cpu(selection.squeeze()), xs);
    fuse.runInference(selection);
  }

  @Override
  public final void selectInference(Tensor out, List<Tensor> xs, Selection selection) {
    applications.at(out).chainInference(cpu(out), xs, selection);
  }
}
