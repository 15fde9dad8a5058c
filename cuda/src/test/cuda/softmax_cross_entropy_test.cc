#include <cmath>
#include <limits>

#include "state.h"
#include "test.h"

using namespace test;

namespace {

constexpr float SCALE = 512;

template <class F>
struct Loss {
  std::vector<F> loss, d_logits;

  Loss(const std::vector<double>& logits, const std::vector<double>& labels, float smoothing, float scale)
      : loss(labels.size()), d_logits(logits.size()) {
    const std::size_t K = logits.size() / labels.size();
    const F N = static_cast<F>(labels.size());
    for (std::size_t n = 0; n < labels.size(); ++n) {
      auto logit = [&](std::size_t k) { return static_cast<F>(logits[n * K + k]); };
      F largest = logit(0);
      for (std::size_t k = 1; k < K; ++k) largest = std::max(largest, logit(k));
      F sum = 0;
      for (std::size_t k = 0; k < K; ++k) sum += std::exp(logit(k) - largest);
      for (std::size_t k = 0; k < K; ++k) {
        const F target = (k == labels[n] ? 1 - static_cast<F>(smoothing) : 0) + static_cast<F>(smoothing) / K;
        loss[n] -= target * (logit(k) - largest - std::log(sum));
        d_logits[n * K + k] = (std::exp(logit(k) - largest) / sum - target) / N * static_cast<F>(scale);
      }
    }
  }
};

void check_loss(int N, int K, float smoothing, const Values& values, const std::string& what) {
  for_each_type([&](auto zero, Type type) {
    using T = decltype(zero);
    const std::string sizes = what + type_name<T>() + " " + std::to_string(N) + "x" + std::to_string(K) +
                              " smoothing " + std::to_string(smoothing);
    check("softmax_cross_entropy " + sizes, [&](Draw& draw) {
      auto logits = draw.input<T>(N * K, values);
      auto labels = draw.input<float>(N, below(K));
      State state(draw, {0, 0, SCALE, 0, 0, 0, 0}, Role::INPUT);
      auto loss = draw.output<float>(N);
      auto d_logits = draw.output<T>(N * K);
      draw.run([&] { softmax_cross_entropy(type, loss, d_logits, logits, labels, state, smoothing, N, K, nullptr); });
      const Loss<double> exact(logits.values(), labels.values(), smoothing, SCALE);
      const Loss<float> plain(logits.values(), labels.values(), smoothing, SCALE);
      draw.expect("loss", loss, exact.loss, plain.loss);
      draw.expect("d_logits", d_logits, exact.d_logits, plain.d_logits);
    });
  });
}

double large(std::mt19937& random) { return 60 * normal(random); }

}  // namespace

TEST(matches_reference) {
  for (float smoothing : {0.0f, 0.1f}) {
    for (int K : {1, 2, 10, 33, 256, 1000}) check_loss(3, K, smoothing, normal, "");
    check_loss(1, 10, smoothing, normal, "");
    check_loss(5, 300, smoothing, large, "of large logits ");
  }
}

TEST(what_is_not_asked_for_is_left_out) {
  check("softmax_cross_entropy of the loss alone", [&](Draw& draw) {
    auto logits = draw.input<float>(20);
    auto labels = draw.input<float>(2, below(10));
    auto loss = draw.output<float>(2);
    draw.run(
        [&] { softmax_cross_entropy(Type::FLOAT32, loss, nullptr, logits, labels, nullptr, 0.1f, 2, 10, nullptr); });
    draw.expect("loss", loss, Loss<double>(logits.values(), labels.values(), 0.1f, 1).loss,
                Loss<float>(logits.values(), labels.values(), 0.1f, 1).loss);
  });
}

TEST(a_wrong_label_shows_as_nan) {
  for (double wrong : {-1.0, 10.0, 2.5, static_cast<double>(NAN)}) {
    check("softmax_cross_entropy of label " + std::to_string(wrong), [&](Draw& draw) {
      auto logits = draw.input<float>(10);
      auto labels = draw.input<float>(1, [=](std::mt19937&) { return wrong; });
      auto loss = draw.output<float>(1);
      auto d_logits = draw.output<float>(10);
      draw.run(
          [&] { softmax_cross_entropy(Type::FLOAT32, loss, d_logits, logits, labels, nullptr, 0, 1, 10, nullptr); });
      draw.expect("loss", loss, {NAN}, {NAN});
      draw.expect("d_logits", d_logits, std::vector<double>(10, NAN), std::vector<float>(10, NAN));
    });
  }
}

TEST(a_logit_of_minus_infinity_is_impossible_but_no_fault) {
  check("softmax_cross_entropy of minus infinity", [&](Draw& draw) {
    int at = 0;
    auto logits =
        draw.input<float>(3, [&](std::mt19937&) { return at++ == 1 ? -std::numeric_limits<double>::infinity() : 0.0; });
    auto labels = draw.input<float>(1, below(1));
    auto loss = draw.output<float>(1);
    auto d_logits = draw.output<float>(3);
    draw.run([&] { softmax_cross_entropy(Type::FLOAT32, loss, d_logits, logits, labels, nullptr, 0, 1, 3, nullptr); });
    draw.expect("loss", loss, {std::log(2.0)}, {std::log(2.0f)});
    draw.expect("d_logits", d_logits, {-0.5, 0, 0.5}, {-0.5f, 0, 0.5f});
  });
}

TEST(a_loss_that_is_not_finite_marks_the_step) {
  for (double logit : {0.0, static_cast<double>(INFINITY), static_cast<double>(NAN)}) {
    check("softmax_cross_entropy beside a logit of " + std::to_string(logit), [&](Draw& draw) {
      int at = 0;
      auto logits = draw.input<float>(6, [&](std::mt19937&) { return at++ == 4 ? logit : 1.0; });
      auto labels = draw.input<float>(2, below(1));
      State state(draw, {0, 0, 1, 0, 0, 0, 0}, Role::UPDATED);
      auto loss = draw.output<float>(2);
      draw.run([&] { softmax_cross_entropy(Type::FLOAT32, loss, nullptr, logits, labels, state, 0, 2, 3, nullptr); });
      require("overflow", state->overflow, std::isfinite(logit) ? 0 : 1);
    });
  }
}
