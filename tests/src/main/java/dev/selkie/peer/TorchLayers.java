package dev.selkie.peer;

import dev.selkie.runtime.BatchNorm;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The layers of the annotations in PyTorch's functions, each by the name that Selkie gives its
 * weights. Tensors are (N, C, H, W); paddings keep the size, as {@link
 * dev.selkie.annotation.Padding#SAME}.
 */
public final class TorchLayers {
  static {
    Torch.load();
  }

  /** PyTorch's own, as the float that Selkie has: a peer in double precision tells them apart. */
  private static final double EPSILON = BatchNorm.EPSILON;

  private static final double MOMENTUM = BatchNorm.MOMENTUM;

  private final TorchState state;

  public TorchLayers(TorchState state) {
    this.state = state;
  }

  /** {@code @Conv(out, kernel)}: convolution, batch norm, ReLU. */
  public Tensor conv(String name, Tensor x, int out, int kernel) {
    return conv(name, x, out, kernel, 1, 1);
  }

  /** {@code @Conv(out, kernel, stride, groups)}: convolution, batch norm, ReLU. */
  public Tensor conv(String name, Tensor x, int out, int kernel, int stride, int groups) {
    return relu(linearConv(name, x, out, kernel, stride, groups));
  }

  /** {@code @Conv(activation = NONE)}: convolution and batch norm. */
  public Tensor linearConv(String name, Tensor x, int out, int kernel, int stride, int groups) {
    return linearConv(name, x, out, kernel, stride, 1, groups);
  }

  private Tensor linearConv(
      String name, Tensor x, int out, int kernel, int stride, int dilation, int groups) {
    Tensor weight = state.weight(name + ".weight", out, x.size(1) / groups, kernel, kernel);
    return norm(
        name + ".norm", convolve(x, weight, new TensorOptional(), stride, dilation, groups));
  }

  /** {@code @SelectiveKernel(branches, groups)} with {@code max(out / 16, 32)} hidden units. */
  public Tensor selectiveKernel(
      String name, Tensor x, int out, int stride, int groups, int branches) {
    Tensor[] kernels = new Tensor[branches];
    for (int m = 0; m < branches; m++) {
      kernels[m] = branch(name + ".branch" + m, x, out, 3, stride, m + 1, groups);
    }
    return select(name, Math.max(out / 16, 32), kernels);
  }

  /** A branch of {@code @SelectiveKernel}: convolution, batch norm, ReLU. */
  public Tensor branch(
      String name, Tensor x, int out, int kernel, int stride, int dilation, int groups) {
    return relu(linearConv(name, x, out, kernel, stride, dilation, groups));
  }

  /** What follows the branches of {@code @SelectiveKernel}: fuse and select. */
  public Tensor select(String name, long hidden, Tensor... branches) {
    Tensor sum = branches[0];
    for (int m = 1; m < branches.length; m++) {
      sum = sum.add(branches[m]);
    }
    long channels = sum.size(1);
    Tensor squeeze = sum.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
    Tensor z = relu(linearConv(name + ".fc1", squeeze, (int) hidden, 1, 1, 1));
    long rows = branches.length * channels;
    Tensor weight = state.weight(name + ".fc2.weight", rows, hidden, 1, 1);
    Tensor scores = convolve(z, weight, new TensorOptional(), 1, 1, 1);
    Tensor weights = scores.view(scores.size(0), branches.length, channels, 1, 1).softmax(1);
    Tensor out = branches[0].mul(weights.select(1, 0));
    for (int m = 1; m < branches.length; m++) {
      out = out.addcmul(branches[m], weights.select(1, m));
    }
    return out;
  }

  /** {@code @Conv(norm = NONE)}: convolution, bias, ReLU. */
  public Tensor biasedConv(String name, Tensor x, int out, int kernel) {
    Tensor weight = state.weight(name + ".weight", out, x.size(1), kernel, kernel);
    Tensor bias = state.vector(name + ".bias", out, 0);
    return relu(convolve(x, weight, new TensorOptional(bias), 1, 1, 1));
  }

  /** {@code @Shortcut}: x itself, or a 1x1 projection where the shapes differ. */
  public Tensor shortcut(String name, Tensor x, int out, int stride) {
    return stride == 1 && x.size(1) == out ? x : linearConv(name, x, out, 1, stride, 1);
  }

  /** {@code @SqueezeExcite(reduction)}, as torchvision and timm write it. */
  public Tensor squeezeExcite(String name, Tensor x, int reduction) {
    long channels = x.size(1);
    long hidden = Math.max(channels / reduction, 1);
    Tensor squeeze = x.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
    Tensor gate =
        pointwise(name + ".fc2", pointwise(name + ".fc1", squeeze, hidden).relu_(), channels);
    return x.mul(gate.sigmoid_());
  }

  /** {@code @SqueezeExcite(reduction, squeeze = MAX, gate = TANH)}. */
  public Tensor squeezeExciteMaximum(String name, Tensor x, int reduction) {
    long channels = x.size(1);
    long hidden = Math.max(channels / reduction, 1);
    Tensor squeeze = x.amax(new long[] {2, 3}, true);
    Tensor gate =
        pointwise(name + ".fc2", pointwise(name + ".fc1", squeeze, hidden).relu_(), channels);
    return x.mul(gate.tanh());
  }

  /** {@code @BatchNorm(activation = RELU)}. */
  public Tensor normRelu(String name, Tensor x) {
    return relu(norm(name, x));
  }

  /** {@code @Conv(norm = NONE, activation = NONE, bias = NO)}. */
  public Tensor bareConv(String name, Tensor x, int out, int kernel, int stride) {
    Tensor weight = state.weight(name + ".weight", out, x.size(1), kernel, kernel);
    return convolve(x, weight, new TensorOptional(), stride, 1, 1);
  }

  /** {@code @PaddedShortcut} to twice the channels at half the height and width. */
  public Tensor halvedAndPadded(Tensor x) {
    Tensor sampled = averagePool(x, 1, 2);
    return concat(sampled, sampled.mul(new Scalar(0)));
  }

  /** {@code @ChannelSplit(part)}: part 1 or 2 of 2. */
  public Tensor half(Tensor x, int part) {
    long channels = x.size(1) / 2;
    return x.narrow(1, (part - 1) * channels, channels);
  }

  /** {@code @ChannelShuffle(groups)}, as ShuffleNet's authors write it. */
  public Tensor shuffle(Tensor x, int groups) {
    long[] grouped = {x.size(0), groups, x.size(1) / groups, x.size(2), x.size(3)};
    long[] whole = {x.size(0), x.size(1), x.size(2), x.size(3)};
    return x.reshape(grouped).transpose(1, 2).reshape(whole);
  }

  /** {@code @Add}. */
  public Tensor add(Tensor x, Tensor residual) {
    return x.add(residual);
  }

  /** {@code @Add(activation = RELU)}; overwrites x. */
  public Tensor addRelu(Tensor x, Tensor residual) {
    return x.add_(residual).relu_();
  }

  /** {@code @Concat}. */
  public Tensor concat(Tensor... branches) {
    return torch.cat(new TensorVector(branches), 1);
  }

  /** {@code @MaxPool(kernel, stride)}. */
  public Tensor maxPool(Tensor x, int kernel, int stride) {
    return torch.max_pool2d(x, pair(kernel), pair(stride), pair((kernel - 1) / 2), pair(1), false);
  }

  /** {@code @AveragePool(kernel, stride)}. */
  public Tensor averagePool(Tensor x, int kernel, int stride) {
    return torch.avg_pool2d(
        x, pair(kernel), pair(stride), pair((kernel - 1) / 2), false, true, new LongOptional());
  }

  /** {@code @GlobalAveragePool}, (N, C, H, W) to (N, C). */
  public Tensor globalAveragePool(Tensor x) {
    return x.mean(2, 3);
  }

  /** {@code @Dense(out)} of a flattened x, (N, features). */
  public Tensor dense(String name, Tensor x, int out) {
    Tensor weight = state.weight(name + ".weight", out, x.size(1));
    return torch.linear(x, weight, new TensorOptional(state.vector(name + ".bias", out, 0)));
  }

  private Tensor norm(String name, Tensor x) {
    long channels = x.size(1);
    return torch.batch_norm(
        x,
        new TensorOptional(state.vector(name + ".weight", channels, 1)),
        new TensorOptional(state.vector(name + ".bias", channels, 0)),
        new TensorOptional(state.running(name + ".running_mean", channels, 0)),
        new TensorOptional(state.running(name + ".running_var", channels, 1)),
        true,
        MOMENTUM,
        EPSILON,
        true);
  }

  private Tensor pointwise(String name, Tensor x, long out) {
    Tensor weight = state.weight(name + ".weight", out, x.size(1), 1, 1);
    return convolve(x, weight, new TensorOptional(state.vector(name + ".bias", out, 0)), 1, 1, 1);
  }

  private static Tensor convolve(
      Tensor x, Tensor weight, TensorOptional bias, int stride, int dilation, int groups) {
    long padding = dilation * (weight.size(2) - 1) / 2;
    return torch.conv2d(x, weight, bias, pair(stride), pair(padding), pair(dilation), groups);
  }

  private static Tensor relu(Tensor x) {
    return x.relu_();
  }

  private static long[] pair(long size) {
    return new long[] {size, size};
  }
}
