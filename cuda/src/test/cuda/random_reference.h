// Random fractions as the definition reads: SplitMix64's finaliser as its authors print it, its upper 24 bits.
#pragma once

#include <cmath>
#include <cstdint>

namespace test {

inline std::uint64_t finalise(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

inline double fraction(std::int64_t seed, int layer, std::int64_t index) {
  const auto stream = static_cast<std::uint64_t>(seed) +
                      static_cast<std::uint64_t>(static_cast<std::int64_t>(layer)) * 0x9e3779b97f4a7c15ull;
  const auto hash = finalise(stream ^ (static_cast<std::uint64_t>(index) * 0xd1b54a32d192ed03ull));
  return std::ldexp(static_cast<double>(hash >> 40), -24);
}

}  // namespace test
