// Eight neighbouring values at a time, as float: 16 or 32 bytes in one or two accesses. A pack starts at a multiple of
// its size; where channels are a multiple of eight every pack lies within one position.
#pragma once

#include "device.cuh"

constexpr int PACK = 8;

struct Pack {
  float v[PACK];
};

#ifdef __CUDACC__
__device__ __forceinline__ void require_aligned(const void*, std::size_t) {}
#else
inline void require_aligned(const void* address, std::size_t bytes) {
  if (reinterpret_cast<std::uintptr_t>(address) % bytes != 0) throw fibers::Fault("misaligned access");
}
#endif

__device__ __forceinline__ Pack load_pack(const float* p) {
  require_aligned(p, 16);
  const float4 low = *reinterpret_cast<const float4*>(p);
  const float4 high = *reinterpret_cast<const float4*>(p + 4);
  return {{low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w}};
}

template <class T>
__device__ __forceinline__ Pack load_pack(const T* p) {
  require_aligned(p, 16);
  const uint4 words = *reinterpret_cast<const uint4*>(p);
  const unsigned word[4] = {words.x, words.y, words.z, words.w};
  Pack pack;
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    pack.v[2 * i] = to_float(T{static_cast<std::uint16_t>(word[i])});
    pack.v[2 * i + 1] = to_float(T{static_cast<std::uint16_t>(word[i] >> 16)});
  }
  return pack;
}

__device__ __forceinline__ void store_pack(float* p, const Pack& pack) {
  require_aligned(p, 16);
  *reinterpret_cast<float4*>(p) = make_float4(pack.v[0], pack.v[1], pack.v[2], pack.v[3]);
  *reinterpret_cast<float4*>(p + 4) = make_float4(pack.v[4], pack.v[5], pack.v[6], pack.v[7]);
}

template <class T>
__device__ __forceinline__ void store_pack(T* p, const Pack& pack) {
  require_aligned(p, 16);
  unsigned word[4];
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    word[i] = from_float<T>(pack.v[2 * i]).bits | static_cast<unsigned>(from_float<T>(pack.v[2 * i + 1]).bits) << 16;
  }
  *reinterpret_cast<uint4*>(p) = make_uint4(word[0], word[1], word[2], word[3]);
}

// The same for the last pack of a tensor, or for one that lies anywhere: `count` of its values are there.
template <class T>
__device__ __forceinline__ Pack load_some(const T* p, int count) {
  Pack pack = {};
#pragma unroll
  for (int i = 0; i < PACK; ++i) {
    if (i < count) pack.v[i] = to_float(p[i]);
  }
  return pack;
}

template <class T>
__device__ __forceinline__ void store_some(T* p, const Pack& pack, int count) {
#pragma unroll
  for (int i = 0; i < PACK; ++i) {
    if (i < count) p[i] = from_float<T>(pack.v[i]);
  }
}
