// Numbers on the device that is not there, read as floats and written back rounded.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "host/half_host.h"

namespace stand_in {

enum class Type { FLOAT, HALF, BFLOAT16 };

inline std::size_t size(Type type) { return type == Type::FLOAT ? 4 : 2; }

inline std::vector<float> read(const void* from, std::size_t count, Type type) {
  std::vector<float> values(count);
  if (type == Type::FLOAT) {
    std::memcpy(values.data(), from, count * sizeof(float));
    return values;
  }
  auto bits = static_cast<const std::uint16_t*>(from);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = type == Type::HALF ? host::float16_to_float(bits[i]) : host::bfloat16_to_float(bits[i]);
  }
  return values;
}

inline void write(void* to, const std::vector<float>& values, Type type) {
  if (type == Type::FLOAT) {
    std::memcpy(to, values.data(), values.size() * sizeof(float));
    return;
  }
  auto bits = static_cast<std::uint16_t*>(to);
  for (std::size_t i = 0; i < values.size(); ++i) {
    bits[i] = type == Type::HALF ? host::float_to_float16(values[i]) : host::float_to_bfloat16(values[i]);
  }
}

// What a tensor core makes of float32: ten bits of fraction, the nearest, ties away from zero.
inline void round_to_tf32(std::vector<float>& values) {
  for (float& value : values) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    bits = (bits + 0x1000) & ~std::uint32_t{0x1fff};
    std::memcpy(&value, &bits, sizeof bits);
  }
}

}  // namespace stand_in
