// The small layers of a selective kernel as their formulas read, for the tests of those layers.
#pragma once

#include "select_reference.h"

namespace test {

template <class F>
using Numbers = std::vector<F>;

template <class F>
Numbers<F> cast(const std::vector<double>& values) {
  return Numbers<F>(values.begin(), values.end());
}

template <class F>
F relu(F v) {
  return v > 0 ? v : F{0};
}

// (I, J) = a (I, K) times the transpose of b (J, K).
template <class F>
Numbers<F> times(const Numbers<F>& a, const Numbers<F>& b, int I, int J, int K) {
  Numbers<F> product(static_cast<std::size_t>(I) * J);
  for (int i = 0; i < I; ++i) {
    for (int j = 0; j < J; ++j) {
      F sum = 0;
      for (int k = 0; k < K; ++k) sum += a[static_cast<std::size_t>(i) * K + k] * b[static_cast<std::size_t>(j) * K + k];
      product[static_cast<std::size_t>(i) * J + j] = sum;
    }
  }
  return product;
}

template <class F>
Numbers<F> transposed(const Numbers<F>& a, int I, int J) {
  Numbers<F> other(a.size());
  for (int i = 0; i < I; ++i) {
    for (int j = 0; j < J; ++j) other[static_cast<std::size_t>(j) * I + i] = a[static_cast<std::size_t>(i) * J + j];
  }
  return other;
}

// Weights (N, M, C) from hidden (N, D): a softmax over m for each sample and channel.
template <class F>
Numbers<F> softmax_weights(const Numbers<F>& hidden, const Numbers<F>& select_weight, int M, int N, int C, int D) {
  Numbers<F> weights = times(hidden, select_weight, N, M * C, D);
  for (int n = 0; n < N; ++n) {
    for (int c = 0; c < C; ++c) {
      auto at = [&](int m) -> F& { return weights[(static_cast<std::size_t>(n) * M + m) * C + c]; };
      F largest = at(0);
      for (int m = 1; m < M; ++m) largest = std::max(largest, at(m));
      F total = 0;
      for (int m = 0; m < M; ++m) total += at(m) = std::exp(at(m) - largest);
      for (int m = 0; m < M; ++m) at(m) /= total;
    }
  }
  return weights;
}

// A batch norm over the N rows of t (N, D).
template <class F>
struct RowNorm {
  Numbers<F> statistics, running_mean, running_variance, normalised, out;

  RowNorm(const Numbers<F>& t, const Numbers<F>& scale, const Numbers<F>& shift, const Numbers<F>& running_mean,
          const Numbers<F>& running_variance, int N, int D)
      : statistics(4 * D),
        running_mean(running_mean),
        running_variance(running_variance),
        normalised(t.size()),
        out(t.size()) {
    for (int d = 0; d < D; ++d) {
      F mean = 0;
      for (int n = 0; n < N; ++n) mean += t[n * D + d];
      mean /= N;
      F squares = 0;
      for (int n = 0; n < N; ++n) squares += (t[n * D + d] - mean) * (t[n * D + d] - mean);
      const F inverse = 1 / std::sqrt(squares / N + static_cast<F>(1e-5));
      statistics[d] = mean;
      statistics[D + d] = inverse;
      statistics[2 * D + d] = scale[d] * inverse;
      statistics[3 * D + d] = shift[d] - scale[d] * inverse * mean;
      this->running_mean[d] = static_cast<F>(0.9) * running_mean[d] + static_cast<F>(0.1) * mean;
      this->running_variance[d] =
          static_cast<F>(0.9) * running_variance[d] + static_cast<F>(0.1) * (squares / std::max(1, N - 1));
      for (int n = 0; n < N; ++n) {
        normalised[n * D + d] = (t[n * D + d] - mean) * inverse;
        out[n * D + d] = scale[d] * normalised[n * D + d] + shift[d];
      }
    }
  }
};

}  // namespace test
