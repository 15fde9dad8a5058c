// A step's state as a tensor of a test's draw.
#pragma once

#include <cstring>

#include "test.h"

namespace test {

// Its bytes, as an input where kernels only read it.
class State {
 public:
  State(Draw& draw, const StepState& state, Role role) {
    unsigned char bytes[sizeof state] = {};
    std::memcpy(bytes, &state, sizeof state);
    std::size_t at = 0;
    auto next = [&](std::mt19937&) { return bytes[at++]; };
    field_ = role == Role::INPUT ? draw.input<std::uint8_t>(sizeof state, next)
                                 : draw.updated<std::uint8_t>(sizeof state, next);
  }
  operator StepState*() const { return reinterpret_cast<StepState*>(field_.data); }
  StepState* operator->() const { return *this; }

 private:
  Field<std::uint8_t> field_;
};

inline void require(const std::string& what, double got, double wanted) {
  if (got != wanted) {
    throw std::runtime_error(what + " is " + std::to_string(got) + ", not " + std::to_string(wanted));
  }
}

}  // namespace test
