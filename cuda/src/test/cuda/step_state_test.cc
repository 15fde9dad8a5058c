#include <cmath>

#include "state.h"
#include "test.h"

using namespace test;

namespace {

void require_state(const StepState& got, const StepState& wanted) {
  require("seed", static_cast<double>(got.seed), static_cast<double>(wanted.seed));
  require("rate", got.rate, wanted.rate);
  require("loss scale", got.loss_scale, wanted.loss_scale);
  require("steps", static_cast<double>(got.steps), static_cast<double>(wanted.steps));
  require("overflow", got.overflow, wanted.overflow);
  require("good steps", got.good_steps, wanted.good_steps);
  require("skipped", got.skipped, wanted.skipped);
}

void check_end(const std::string& name, const StepState& before, int interval, const StepState& after) {
  check("step_end " + name, [&](Draw& draw) {
    State state(draw, before, Role::UPDATED);
    draw.run([&] { step_end(state, interval, nullptr); });
    require_state(*state, after);
  });
}

// Whether a gradient with `bad` at one place is found to be too large.
void check_search(int count, int place, double bad, bool found) {
  check("find_overflow of " + std::to_string(bad) + " at " + std::to_string(place) + " of " + std::to_string(count),
        [&](Draw& draw) {
          int at = 0;
          auto gradient =
              draw.input<float>(count, [&](std::mt19937& random) { return at++ == place ? bad : normal(random); });
          State state(draw, {0, 0, 1, 0, 0, 0, 0}, Role::UPDATED);
          draw.run([&] { find_overflow(state, gradient, count, nullptr); });
          require("overflow", state->overflow, found);
        });
}

}  // namespace

static_assert(sizeof(StepState) == 40 && offsetof(StepState, seed) == 0 && offsetof(StepState, rate) == 8 &&
                  offsetof(StepState, loss_scale) == 12 && offsetof(StepState, steps) == 16 &&
                  offsetof(StepState, overflow) == 24 && offsetof(StepState, good_steps) == 28 &&
                  offsetof(StepState, skipped) == 32,
              "Java reads and writes these places");

TEST(start_seed_and_rate_are_written) {
  check("step_start, step_seed, step_rate", [&](Draw& draw) {
    State state(draw, {9, 9, 9, 9, 9, 9, 9}, Role::UPDATED);
    draw.run([&] {
      step_start(state, 65536, nullptr);
      step_seed(state, -5, nullptr);
      step_rate(state, 0.25f, 7, nullptr);
    });
    require_state(*state, {-5, 0.25f, 65536, 6, 0, 0, 0});
  });
  check("step_rate of a first step", [&](Draw& draw) {
    State state(draw, {1, 2, 3, 4, 0, 5, 6}, Role::UPDATED);
    draw.run([&] { step_rate(state, 0.5f, 1, nullptr); });
    require_state(*state, {1, 0.5f, 3, 0, 0, 5, 6});
  });
  check("step_rate counts on", [&](Draw& draw) {
    State state(draw, {1, 2, 3, 4, 0, 5, 6}, Role::UPDATED);
    draw.run([&] { step_rate(state, 0.5f, 0, nullptr); });
    require_state(*state, {1, 0.5f, 3, 4, 0, 5, 6});
  });
}

TEST(finds_what_is_not_finite_anywhere) {
  for (int count : {1, 9, 2049, 6150}) {
    for (int place : {0, count / 2, count - 1}) {
      for (double bad : {static_cast<double>(INFINITY), static_cast<double>(-INFINITY), static_cast<double>(NAN)}) {
        check_search(count, place, bad, true);
      }
      check_search(count, place, 3e38, false);
    }
  }
}

TEST(an_overflow_found_in_one_span_stays) {
  check("find_overflow of a second span", [&](Draw& draw) {
    auto gradient = draw.input<float>(100);
    State state(draw, {0, 0, 1, 0, 1, 0, 0}, Role::UPDATED);
    draw.run([&] { find_overflow(state, gradient, 100, nullptr); });
    require("overflow", state->overflow, 1);
  });
}

TEST(the_scale_follows_its_rule) {
  check_end("after a good step", {7, 0.1f, 1024, 4, 0, 2, 1}, 10, {7, 0.1f, 1024, 5, 0, 3, 1});
  check_end("after the last of an interval", {7, 0.1f, 1024, 4, 0, 9, 1}, 10, {7, 0.1f, 2048, 5, 0, 0, 1});
  check_end("raised each time", {7, 0.1f, 1024, 4, 0, 0, 1}, 1, {7, 0.1f, 2048, 5, 0, 0, 1});
  check_end("after an overflow", {7, 0.1f, 1024, 4, 1, 9, 1}, 10, {7, 0.1f, 512, 4, 0, 0, 2});
  check_end("never raised", {7, 0.1f, 1024, 4, 0, 9, 0}, 0, {7, 0.1f, 1024, 5, 0, 10, 0});
  check_end("at the smallest", {7, 0.1f, 0x1p-24f, 4, 1, 9, 1}, 10, {7, 0.1f, 0x1p-24f, 4, 0, 0, 2});
  check_end("at the largest", {7, 0.1f, 0x1p24f, 4, 0, 9, 1}, 10, {7, 0.1f, 0x1p24f, 5, 0, 0, 1});
}
