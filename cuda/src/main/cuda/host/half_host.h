// Conversions of 16-bit numbers to the nearest, ties to even, as the GPU's instructions do them.
#pragma once

#include <cstdint>
#include <cstring>

namespace host {

inline std::uint32_t bits_of(float v) {
  std::uint32_t bits;
  std::memcpy(&bits, &v, sizeof bits);
  return bits;
}

inline float float_of(std::uint32_t bits) {
  float v;
  std::memcpy(&v, &bits, sizeof v);
  return v;
}

inline float bfloat16_to_float(std::uint16_t v) { return float_of(static_cast<std::uint32_t>(v) << 16); }

inline std::uint16_t float_to_bfloat16(float v) {
  std::uint32_t bits = bits_of(v);
  if (v != v) return 0x7fff;
  return static_cast<std::uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

inline float float16_to_float(std::uint16_t v) {
  std::uint32_t sign = static_cast<std::uint32_t>(v & 0x8000) << 16;
  int exponent = v >> 10 & 31;
  std::uint32_t mantissa = v & 1023;
  if (exponent == 31) return float_of(sign | 0x7f800000 | mantissa << 13);
  if (exponent == 0) {
    float small = static_cast<float>(mantissa) * 0x1p-24f;
    return sign ? -small : small;
  }
  return float_of(sign | static_cast<std::uint32_t>(exponent + 112) << 23 | mantissa << 13);
}

inline std::uint16_t float_to_float16(float v) {
  std::uint32_t bits = bits_of(v);
  auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
  std::uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return 0x7fff;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;  // rounds to 2^16 or beyond
  if (magnitude < 0x38800000) {
    // Below 2^-14 the steps are 2^-24 wide: adding 2^-1 lets the float's own rounding do it.
    float shifted = float_of(magnitude) + 0x1p-1f;
    return sign | static_cast<std::uint16_t>(bits_of(shifted) - 0x3f000000);
  }
  std::uint32_t rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
  return sign | static_cast<std::uint16_t>((rounded - 0x38000000) >> 13);
}

}  // namespace host
