package dev.selkie.runtime;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network's backend as others see it: what they do with it the network must know, since it may
 * change parameters that have been folded, and must not meet another thread's step.
 */
final class NetworkBackend implements Backend {
  private final Backend backend;
  private final NetworkUse use;
  private final Tensor input;

  NetworkBackend(Backend backend, NetworkUse use, Tensor input) {
    this.backend = backend;
    this.use = use;
    this.input = input;
  }

  @Override
  public <T extends Backend> Optional<T> unwrap(Class<T> type) {
    return backend.unwrap(type);
  }

  @Override
  public String device() {
    return backend.device();
  }

  @Override
  public String hardware() {
    return backend.hardware();
  }

  @Override
  public Ops ops() {
    use.handOut();
    return backend.ops();
  }

  @Override
  public StepOps stepOps() {
    return backend.stepOps();
  }

  @Override
  public Precision precision() {
    return backend.precision();
  }

  @Override
  public float lossScale() {
    return backend.lossScale();
  }

  @Override
  public long skippedUpdates() {
    return backend.skippedUpdates();
  }

  @Override
  public Arena allocate(long bytes) {
    return backend.allocate(bytes);
  }

  @Override
  public Arena allocate(Layout layout, int batch) {
    return backend.allocate(layout, batch);
  }

  @Override
  public Feed feed(Tensor images, Tensor labels) {
    Feed feed = backend.feed(images, labels);
    return images == input ? new NetworkFeed(feed) : feed;
  }

  @Override
  public Optional<Replay> record(Runnable work) {
    use.beginRecord();
    try {
      Optional<Replay> made = backend.record(work);
      boolean endsForward = use.recorded();
      return made.map(replay -> new NetworkReplay(replay, endsForward));
    } finally {
      use.recorded();
      use.end();
    }
  }

  @Override
  public OptionalLong heldBytes() {
    return backend.heldBytes();
  }

  @Override
  public Optional<Ceilings> ceilings() {
    return backend.ceilings();
  }

  @Override
  public void close() {
    if (use.close()) {
      backend.close();
    }
  }

  private final class NetworkFeed implements Feed {
    private final Feed feed;

    NetworkFeed(Feed feed) {
      this.feed = feed;
    }

    @Override
    public void put(float[] images, float[] labels) {
      feed.put(images, labels);
    }

    @Override
    public void take() {
      use.begin("a batch's arrival");
      try {
        feed.take();
        use.fed();
      } finally {
        use.end();
      }
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  private final class NetworkReplay implements Replay {
    private final Replay replay;
    private final boolean endsForward;

    NetworkReplay(Replay replay, boolean endsForward) {
      this.replay = replay;
      this.endsForward = endsForward;
    }

    @Override
    public void launch() {
      use.beginLaunch();
      try {
        replay.launch();
        use.launched(endsForward);
      } finally {
        use.end();
      }
    }

    @Override
    public void close() {
      replay.close();
    }
  }
}
