// Layers one after another as their formulas read, forward and backward, nothing merged: what the merged passes are held
// against.
#pragma once

#include <cmath>

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
      for (int k = 0; k < K; ++k)
        sum += a[static_cast<std::size_t>(i) * K + k] * b[static_cast<std::size_t>(j) * K + k];
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

// A batch norm over the N rows of t (N, D). Layers over space have N P rows.
template <class F>
struct RowNorm {
  int N, D;
  Numbers<F> scale, statistics, running_mean, running_variance, normalised, out;

  RowNorm(const Numbers<F>& t, const Numbers<F>& scale, const Numbers<F>& shift, const Numbers<F>& running_mean,
          const Numbers<F>& running_variance, int N, int D)
      : N(N),
        D(D),
        scale(scale),
        statistics(4 * D),
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

  struct Gradients {
    Numbers<F> d_scale, d_shift, dx;
  };

  Gradients backward(const Numbers<F>& d_out) const {
    Gradients g = {Numbers<F>(D), Numbers<F>(D), Numbers<F>(d_out.size())};
    for (int d = 0; d < D; ++d) {
      for (int n = 0; n < N; ++n) {
        g.d_shift[d] += d_out[n * D + d];
        g.d_scale[d] += d_out[n * D + d] * normalised[n * D + d];
      }
      for (int n = 0; n < N; ++n) {
        const F rest = d_out[n * D + d] - g.d_shift[d] / N - normalised[n * D + d] * g.d_scale[d] / N;
        g.dx[n * D + d] = statistics[2 * D + d] * rest;
      }
    }
    return g;
  }
};

// The mean over space of x (N, P, C).
template <class F>
Numbers<F> mean_over_space(const Numbers<F>& x, int N, int P, int C) {
  Numbers<F> mean(static_cast<std::size_t>(N) * C);
  for (std::size_t i = 0; i < x.size(); ++i) mean[i / C / P * C + i % C] += x[i];
  for (F& v : mean) v /= P;
  return mean;
}

// A gate (N, C) from squeeze (N, C), with a sigmoid and biases; R hidden units.
template <class F>
struct Excited {
  int N, C, R;
  Numbers<F> squeeze, weight1, weight2, hidden, gate;

  Excited(const Numbers<F>& squeeze, const Numbers<F>& weight1, const Numbers<F>& bias1, const Numbers<F>& weight2,
          const Numbers<F>& bias2, int N, int C, int R)
      : N(N), C(C), R(R), squeeze(squeeze), weight1(weight1), weight2(weight2) {
    hidden = times(squeeze, weight1, N, R, C);
    for (std::size_t i = 0; i < hidden.size(); ++i) hidden[i] = relu(hidden[i] + bias1[i % R]);
    gate = times(hidden, weight2, N, C, R);
    for (std::size_t i = 0; i < gate.size(); ++i) gate[i] = 1 / (1 + std::exp(-(gate[i] + bias2[i % C])));
  }

  struct Gradients {
    Numbers<F> d_weight1, d_bias1, d_weight2, d_bias2, d_squeeze;
  };

  Gradients backward(const Numbers<F>& d_gate) const {
    Numbers<F> d_second(d_gate.size());
    for (std::size_t i = 0; i < d_gate.size(); ++i) d_second[i] = d_gate[i] * gate[i] * (1 - gate[i]);
    Numbers<F> d_first = times(d_second, transposed(weight2, C, R), N, R, C);
    for (std::size_t i = 0; i < d_first.size(); ++i) d_first[i] = hidden[i] > 0 ? d_first[i] : F{0};
    Gradients g = {Numbers<F>(), Numbers<F>(R), Numbers<F>(), Numbers<F>(C), Numbers<F>()};
    g.d_weight1 = times(transposed(d_first, N, R), transposed(squeeze, N, C), R, C, N);
    g.d_weight2 = times(transposed(d_second, N, C), transposed(hidden, N, R), C, R, N);
    for (std::size_t i = 0; i < d_first.size(); ++i) g.d_bias1[i % R] += d_first[i];
    for (std::size_t i = 0; i < d_second.size(); ++i) g.d_bias2[i % C] += d_second[i];
    g.d_squeeze = times(d_first, transposed(weight1, R, C), N, C, R);
    return g;
  }
};

// ---- golden vectors ---------------------------------------------------------------------------------------------------

// f(0), f(1), ... as the values of a tensor.
inline Values in_turn(const std::function<double(int)>& f) {
  return [f, i = 0](std::mt19937&) mutable { return f(i++); };
}

// The same for a tensor (N, P, C) whose numbers are given for (N, C, P).
inline Values in_turn_by_channel(int P, int C, const std::function<double(int)>& f) {
  return in_turn([=](int i) { return f((i / C / P * C + i % C) * P + i / C % P); });
}

// Back: (N, C, P) from (N, P, C).
template <class F>
Numbers<F> by_channel(const Numbers<F>& x, int P, int C) {
  Numbers<F> other(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) other[(i / C / P * C + i % C) * P + i / C % P] = x[i];
  return other;
}

template <class F>
F sum(const Numbers<F>& x) {
  F total = 0;
  for (F v : x) total += v;
  return total;
}

template <class F>
F sum_of_squares(const Numbers<F>& x) {
  F total = 0;
  for (F v : x) total += v * v;
  return total;
}

// Holds the first numbers of a reference in double against published ones.
inline void expect_printed(const std::string& name, const Numbers<double>& got, const Numbers<double>& printed) {
  for (std::size_t i = 0; i < printed.size(); ++i) expect_close(name, got.at(i), printed[i]);
}

}  // namespace test
