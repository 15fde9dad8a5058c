package dev.selkie.runtime;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a generated class can do. One training step is {@link #input} and {@link #labels} written,
 * then {@link #forward}, {@link #backward}, and an optimiser's {@link #update} of {@link #spans}.
 *
 * <p>A network serves one thread at a time. It may pass from thread to thread between steps, where
 * what the first did happens before what the next does (a thread that is joined, a future that was
 * waited for): made in one, trained in another, evaluated in a third. Within a step it may not:
 * each thread writes its own input and labels, runs its own passes, and reads its own results.
 * Threads that use it at once, or in turn unawares, get an {@link IllegalStateException} that names
 * both, and no wrong numbers; so does whoever uses it after {@link #close}. Threads that are to
 * work at the same time need a network each.
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

  /**
   * Training pass from input to loss: batch statistics, dropout.
   *
   * @throws IllegalStateException where another thread uses the network, or wrote its input or its
   *     labels last
   */
  void forward();

  /**
   * All parameters' gradients of the mean loss, from the {@link #forward} just before it.
   *
   * @throws IllegalStateException where there was no such forward pass by this thread
   */
  void backward();

  /**
   * Runs an optimiser's verbs on {@link #spans}, with the gradients of the last {@link #backward}.
   * Verbs that come from {@link #backend} instead may write parameters as well, but from then on
   * every {@link #infer} folds.
   *
   * @throws IllegalStateException where another thread uses the network, or ran backward last
   */
  void update(Consumer<Ops> work);

  /**
   * Prepares {@link #infer} from the present parameters; overwrites the activations. Never needed:
   * {@link #infer} does it where parameters or statistics may have changed since.
   */
  void fold();

  /**
   * Inference pass from input to logits: running statistics, folded into convolutions. Folds first
   * where the folded weights may not be those of the present parameters; overwrites the
   * activations.
   *
   * @throws IllegalStateException where another thread uses the network, or wrote its input last
   */
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

  /**
   * Calls the verbs of the training pass from input to loss on another receiver, such as one that
   * writes them down. Nothing is computed, and nobody's values are touched.
   */
  void describeForward(Ops receiver);

  /** Puts something between the network and its backend: a recorder, a check. */
  void intercept(UnaryOperator<Ops> interceptor);

  /**
   * Frees the device's memory; a second time does nothing.
   *
   * @throws IllegalStateException where another thread uses the network
   */
  @Override
  void close();
}
