package dev.selkie.runtime;

import java.util.List;

/**
 * What selects among the branches of a selective kernel (Li et al., 2019, equations 1 to 6): {@code
 * out = sum over m of weights_m relu(norm_m(x_m))}, where {@code weights = softmax over m of A_m
 * relu(norm(W squeeze))}, with M branches, C channels, D hidden units and M_m the mask of branch
 * m's ReLU.
 *
 * <p>Neither a mask nor a branch's output behind its ReLU is ever stored: {@code M_m = [a_m x_m +
 * b_m > 0]} is taken from the convolution's output x_m wherever it is needed.
 *
 * @param branches at least two
 * @param squeezeWeight W, (D, 1, 1, C)
 * @param scale gamma of the hidden units' batch norm, (D); it has N values per unit
 * @param shift beta of that norm, (D)
 * @param runningMean of that norm, (D)
 * @param runningVariance of that norm, (D), unbiased as PyTorch keeps it
 * @param selectWeight A, (M C, 1, 1, D): row m C + c
 * @param counts (N, 1, 2M, C), written by {@link Ops#selectSqueeze}: row 2m has K_m, how many
 *     positions the ReLU of branch m lets through, and row 2m + 1 Q_m, the sum of x_m there
 * @param squeeze s, (N, 1, 1, C): the mean over space of the sum of all branches
 * @param linear t = W s, (N, 1, 1, D)
 * @param statistics of the hidden norm, (1, 1, 4, D), as {@link BatchNorm#statistics}
 * @param hidden q = relu(a (t - mean) + beta), (N, 1, 1, D)
 * @param weights (N, 1, M, C): for each sample and channel they sum to one
 * @param sums (N, 1, 2M, C), written by {@link Ops#selectBackwardSums}: row 2m has E_m, the sum of
 *     M_m dOut, and row 2m + 1 F_m, the sum of M_m dOut x_m
 * @param dSqueeze (N, 1, 1, C): gradient of the squeeze
 */
public record Selection(
    List<Branch> branches,
    Parameter squeezeWeight,
    Parameter scale,
    Parameter shift,
    Tensor runningMean,
    Tensor runningVariance,
    Parameter selectWeight,
    Tensor counts,
    Tensor squeeze,
    Tensor linear,
    Tensor statistics,
    Tensor hidden,
    Tensor weights,
    Tensor sums,
    Tensor dSqueeze) {

  public Selection {
    branches = List.copyOf(branches);
  }

  /** M. */
  public int size() {
    return branches.size();
  }
}
