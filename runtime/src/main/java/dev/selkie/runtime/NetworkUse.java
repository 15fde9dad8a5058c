package dev.selkie.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who uses a network, and whose values its memory holds. One thread is inside at a time. What a
 * thread uses must be its own: the input and labels of its pass, the results that it reads, the
 * gradients that it updates from, unless the thread that made them has ended. So threads that take
 * turns unawares are refused, and a network may pass from one thread to another between steps.
 *
 * <p>Also whether the folded weights are those of the present parameters.
 */
final class NetworkUse implements HostAccess {
  private final String network;
  private final AtomicReference<Thread> inside = new AtomicReference<>();
  private final Set<Tensor> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
  private Tensor input;
  private Tensor labels;
  private volatile String doing = "";
  private volatile boolean closed;
  private int depth;
  private boolean handedOut;
  private boolean recording;
  private boolean folded;
  private boolean forward;
  private Thread inputBy;
  private Thread labelsBy;
  private Thread passBy;
  private Thread gradientsBy;

  NetworkUse(String network) {
    this.network = network;
  }

  void edges(Tensor in, Tensor classes) {
    input = in;
    labels = classes;
  }

  /** Holds a value from step to step: any thread may read it. */
  void lasting(Tensor tensor) {
    lasting.add(tensor);
  }

  // ---- one at a time ----------------------------------------------------------------------------

  /** Must be followed by {@link #end}. */
  void begin(String what) {
    Thread me = Thread.currentThread();
    if (inside.get() == me) {
      depth++;
      return;
    }
    if (!inside.compareAndSet(null, me)) {
      Thread other = inside.get();
      throw new IllegalStateException(
          "%s: %s in thread '%s' while thread '%s' is in %s; %s"
              .formatted(
                  network,
                  what,
                  me.getName(),
                  other == null ? "?" : other.getName(),
                  doing,
                  way()));
    }
    doing = what;
    if (closed) {
      inside.set(null);
      throw new IllegalStateException(
          "%s: %s after close(); keep the network open while it is in use"
              .formatted(network, what));
    }
  }

  @Override
  public void end() {
    if (depth > 0) {
      depth--;
    } else {
      inside.set(null);
    }
  }

  /** Whether this was the first time; nobody is inside afterwards. */
  boolean close() {
    if (closed) {
      return false;
    }
    begin("close()");
    closed = true;
    end();
    return true;
  }

  // ---- passes -----------------------------------------------------------------------------------

  void beginForward() {
    begin("forward()");
    require(inputBy, "forward()", "input() was written");
    require(labelsBy, "forward()", "labels() was written");
    folded = false;
    forward = false;
  }

  void forwardDone() {
    forward = true;
    passBy = Thread.currentThread();
  }

  void beginBackward() {
    begin("backward()");
    if (!forward) {
      end();
      throw new IllegalStateException(
          "%s: backward() needs the values of a forward() just before it; fold(), infer() and backward() overwrite them"
              .formatted(network));
    }
    require(passBy, "backward()", "forward() ran");
    forward = false;
  }

  void backwardDone() {
    gradientsBy = Thread.currentThread();
  }

  void beginUpdate() {
    begin("an update");
    require(gradientsBy, "an update", "backward() ran");
    folded = false;
  }

  /** Whether the parameters are to be folded first. */
  boolean beginInfer() {
    begin("infer()");
    require(inputBy, "infer()", "input() was written");
    passBy = Thread.currentThread();
    forward = false;
    return !folded || handedOut || recording;
  }

  void beginFold() {
    begin("fold()");
    forward = false;
    folded = false;
  }

  void foldDone() {
    folded = true;
  }

  /** Somebody has verbs that may write parameters, and will not say when. */
  void handOut() {
    handedOut = true;
  }

  // ---- feeds and recorded work ------------------------------------------------------------------

  void fed() {
    inputBy = Thread.currentThread();
    labelsBy = inputBy;
  }

  void beginRecord() {
    begin("a recording");
    recording = true;
  }

  /** Whether the recorded work ended with a forward pass. */
  boolean recorded() {
    recording = false;
    return forward;
  }

  void beginLaunch() {
    begin("a recorded step");
    require(inputBy, "a recorded step", "input() was written");
    require(labelsBy, "a recorded step", "labels() was written");
    folded = false;
    forward = false;
  }

  void launched(boolean endsForward) {
    passBy = Thread.currentThread();
    gradientsBy = passBy;
    forward = endsForward;
  }

  // ---- tensors ----------------------------------------------------------------------------------

  @Override
  public void begin(Tensor tensor, boolean write) {
    begin(write ? "a write" : "a read");
    if (write) {
      written(tensor);
    } else if (tensor != input
        && tensor != labels
        && !lasting.contains(tensor)
        && !isMine(passBy)) { // Asked here, since the sentence allocates.
      require(passBy, "a read of " + tensor.name(), "it was computed");
    }
  }

  private void written(Tensor tensor) {
    if (tensor == input) {
      inputBy = Thread.currentThread();
    } else if (tensor == labels) {
      labelsBy = Thread.currentThread();
    } else {
      folded = false;
    }
  }

  private void require(Thread maker, String what, String how) {
    if (isMine(maker)) {
      return;
    }
    end();
    throw new IllegalStateException(
        "%s: %s in thread '%s', but %s in thread '%s'; %s"
            .formatted(
                network, what, Thread.currentThread().getName(), how, maker.getName(), way()));
  }

  /** Made by this thread, or by nobody who could still come back to it. */
  private static boolean isMine(Thread maker) {
    return maker == null || maker == Thread.currentThread() || !maker.isAlive();
  }

  private static String way() {
    return "a network serves one thread at a time: make one for each thread, or hand it over between"
        + " steps, so that each thread writes its own input and reads its own results";
  }
}
