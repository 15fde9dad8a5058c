package dev.selkie.runtime;

/**
 * A batch norm and what is merged into its two passes over memory: {@code out = act(gate * norm(x)
 * + residualNorm(residual))}, each part but the norm optional.
 *
 * <p>Squeeze-and-excitation merges because no non-linearity stands between the norm and the
 * squeeze: the squeeze is then {@code a * mean(x) + b}, known from the norm's own sums.
 *
 * @param norm the batch norm of x
 * @param excitation scales each sample's channels, or null
 * @param residual whether a second tensor is added
 * @param residualNorm the batch norm of that tensor, or null where it is added as it is
 * @param mask one bit per output where a ReLU follows, else null
 */
public record Epilogue(
    BatchNorm norm, Excitation excitation, boolean residual, BatchNorm residualNorm, Tensor mask) {

  public static Epilogue of(BatchNorm norm) {
    return new Epilogue(norm, null, false, null, null);
  }

  public Epilogue excite(Excitation gate) {
    return new Epilogue(norm, gate, residual, residualNorm, mask);
  }

  public Epilogue add() {
    return new Epilogue(norm, excitation, true, null, mask);
  }

  public Epilogue add(BatchNorm normOfResidual) {
    return new Epilogue(norm, excitation, true, normOfResidual, mask);
  }

  public Epilogue relu(Tensor bits) {
    return new Epilogue(norm, excitation, residual, residualNorm, bits);
  }

  public boolean hasRelu() {
    return mask != null;
  }
}
