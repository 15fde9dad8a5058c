package dev.selkie.cuda;

import dev.selkie.runtime.Backend;
import dev.selkie.runtime.BackendProvider;
import dev.selkie.runtime.Precision;

/** The stand-in for a GPU, opened as often as one likes. */
record StandInProvider() implements BackendProvider {
  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public Backend open() {
    return open(Precision.FLOAT32);
  }

  @Override
  public Backend open(Precision precision) {
    return new CudaBackend(StandIn.driver(), precision);
  }
}
