package dev.selkie.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * Dense layers as matrix products, with samples flattened as they lie. The lanes share the rows of
 * the result, so a weight's gradient is summed over all samples by one lane.
 */
final class Dense {
  private final OneDnn oneDnn;
  private final Sites forward;
  private final Sites backwardData;
  private final Sites backwardWeights;

  Dense(OneDnn oneDnn) {
    this.oneDnn = oneDnn;
    forward = new Sites(oneDnn);
    backwardData = new Sites(oneDnn);
    backwardWeights = new Sites(oneDnn);
  }

  /**
   * y = W x + bias.
   *
   * @param bias or null
   */
  void forward(CpuTensor y, CpuTensor x, CpuTensor weight, CpuTensor bias) {
    Sites.Site site = forward.find(y, x, weight, bias, null);
    if (site == null) {
      site =
          forward.bind(
              "the dense layer from " + x + " to " + y,
              y,
              () ->
                  new Product(
                      y.samples(),
                      false,
                      rows(DNNL_ARG_DST, y),
                      rows(DNNL_ARG_SRC, x),
                      transposed(DNNL_ARG_WEIGHTS, weight),
                      bias,
                      x,
                      weight,
                      bias));
    }
    oneDnn.lanes.run(site, y.samples());
  }

  /** dx = W' dy. */
  void backwardData(CpuTensor dx, CpuTensor dy, CpuTensor weight) {
    Sites.Site site = backwardData.find(dx, dy, weight, null, null);
    if (site == null) {
      site =
          backwardData.bind(
              "the gradient of the dense layer from " + dy + " to " + dx,
              dx,
              () ->
                  new Product(
                      dx.samples(),
                      false,
                      rows(DNNL_ARG_DST, dx),
                      rows(DNNL_ARG_SRC, dy),
                      rows(DNNL_ARG_WEIGHTS, weight),
                      null,
                      dy,
                      weight));
    }
    oneDnn.lanes.run(site, dx.samples());
  }

  /** dW += dy x'. */
  void backwardWeights(CpuTensor dWeight, CpuTensor x, CpuTensor dy) {
    Sites.Site site = backwardWeights.find(dWeight, x, dy, null, null);
    if (site == null) {
      site =
          backwardWeights.bind(
              "the weight gradient of the dense layer from " + x + " to " + dy,
              dWeight,
              () ->
                  new Product(
                      dWeight.samples(),
                      true,
                      rows(DNNL_ARG_DST, dWeight),
                      transposed(DNNL_ARG_SRC, dy),
                      rows(DNNL_ARG_WEIGHTS, x),
                      null,
                      x,
                      dy));
    }
    oneDnn.lanes.run(site, dWeight.samples());
  }

  /** A matrix where it lies. */
  private record Matrix(int role, CpuTensor place, int rowStep, int columnStep, int columns) {
    /** {@code count} of its rows from {@code from} on. */
    Operand part(int from, int count) {
      return new Operand(
          role,
          Operand.matrix(count, columns, rowStep, columnStep),
          place.at(0).getPointer((long) Float.BYTES * from * rowStep));
    }
  }

  private static Matrix rows(int role, CpuTensor tensor) {
    return new Matrix(role, tensor, tensor.perSample(), 1, tensor.perSample());
  }

  private static Matrix transposed(int role, CpuTensor tensor) {
    return new Matrix(role, tensor, 1, tensor.perSample(), tensor.samples());
  }

  /** result = left * right + bias, a lane to each share of the rows. */
  private final class Product extends Sites.Site {
    private final Call[] calls;

    Product(
        int rows,
        boolean accumulate,
        Matrix result,
        Matrix left,
        Matrix right,
        CpuTensor bias,
        Object... arguments) {
      super(arguments);
      calls = new Call[oneDnn.lanes.active(rows)];
      for (int lane = 0; lane < calls.length; lane++) {
        int from = oneDnn.lanes.start(lane, rows);
        int count = oneDnn.lanes.start(lane + 1, rows) - from;
        calls[lane] =
            bind(
                lane,
                accumulate,
                result.part(from, count),
                left.part(from, count),
                right.part(0, left.columns()),
                bias);
      }
    }

    @Override
    public void run(Lane lane, int from, int to) {
      calls[lane.index].run();
    }

    private Call bind(
        int lane, boolean accumulate, Operand result, Operand left, Operand right, CpuTensor bias) {
      primitive_attr attributes = OneDnn.attributes();
      if (accumulate) {
        post_ops sum = new post_ops();
        sum.append_sum();
        attributes.set_post_ops(sum);
      }
      memory.desc biasRow =
          bias == null ? new memory.desc() : Operand.matrix(1, bias.count(), bias.count(), 1);
      matmul.primitive_desc description =
          new matmul.primitive_desc(
              oneDnn.device,
              left.description(),
              right.description(),
              biasRow,
              result.description(),
              attributes,
              false);
      matmul made = new matmul(description);
      return bias == null
          ? oneDnn.call(lane, made, description, result, left, right)
          : oneDnn.call(
              lane,
              made,
              description,
              result,
              left,
              right,
              new Operand(dnnl.DNNL_ARG_BIAS, biasRow, bias.at(0)));
    }
  }
}
