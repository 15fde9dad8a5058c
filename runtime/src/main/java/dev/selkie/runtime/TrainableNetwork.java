package dev.selkie.runtime;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a generated class can do. One training step is {@link #input} and {@link #labels} written,
 * then {@link #forward}, {@link #backward}, and an optimiser's update of {@link #spans}.
 */
public interface TrainableNetwork extends AutoCloseable {
  /** The full name of the annotated interface. */
  String name();

  int batch();

  int classes();

  /** Images, (N, height, width, channels). */
  Tensor input();

  /** Class numbers, (N, 1, 1, 1). */
  Tensor labels();

  /** Unnormalised scores, (N, 1, 1, classes), of the last {@link #forward} or {@link #infer}. */
  Tensor logits();

  /** Each sample's loss in the last {@link #forward}, (N, 1, 1, 1). */
  Tensor loss();

  /** Training pass from input to loss: batch statistics, dropout. */
  void forward();

  /** All parameters' gradients of the mean loss, from the last {@link #forward}. */
  void backward();

  /** Prepares {@link #infer} from the present parameters; overwrites the activations. */
  void fold();

  /** Inference pass from input to logits: running statistics, folded into convolutions. */
  void infer();

  /** He initialisation; the same seed gives the same values. */
  void initialize(long seed);

  /** Share of the target that is spread over all classes; 0 at first. */
  void labelSmoothing(float share);

  List<Parameter> parameters();

  List<Statistic> statistics();

  /** The values of the training pass in the order they are computed. */
  List<Tensor> activations();

  /**
   * Parameters for an optimiser: those with weight decay, then the others. There is no span of
   * none: a network without biases and norms has one, a network without parameters an empty list.
   */
  List<ParameterSpan> spans();

  NetworkSummary summary();

  Backend backend();

  /** Puts something between the network and its backend: a recorder, a check. */
  void intercept(UnaryOperator<Ops> interceptor);

  @Override
  void close();
}
