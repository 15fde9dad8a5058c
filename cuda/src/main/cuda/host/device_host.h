// CUDA's vocabulary for a host compiler; see fibers.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "../types.h"
#include "fibers.h"
#include "journal.h"
#include "queue.h"

#define __device__
#define __host__
#define __forceinline__ inline
#define __restrict__ __restrict
#define KERNEL(threads) void
#define KERNEL_RESIDENT(threads, blocks) void

#define threadIdx (fibers::current->thread)
#define blockIdx (fibers::current->block->index)
#define blockDim (fibers::block_size)
#define gridDim (fibers::grid_size)

// One, so that blocks of small cases have several pieces of work to do.
constexpr int multiprocessors() { return 1; }

#define FIBER_SITE \
  fibers::Site { __FILE__, __LINE__ }

// ---- memory and barriers --------------------------------------------------------------------------------------

#define SHARED(type, name, count)    \
  static const char name##_site = 0; \
  type* const name = static_cast<type*>(fibers::shared(&name##_site, sizeof(type) * (count)))

template <class T>
T* dynamic_shared() {
  return static_cast<T*>(fibers::dynamic_shared());
}

#define __syncthreads() fibers::barrier(FIBER_SITE)
#define GRID_BARRIER() fibers::grid_barrier(FIBER_SITE)
#define __syncwarp(...) host::sync_warp(FIBER_SITE, ##__VA_ARGS__)
inline void __threadfence() {}

namespace launching {
template <class... P, class... A>
void launch(const char* name, void (*kernel)(P...), dim3 grid, dim3 block, std::size_t shared, cudaStream_t stream,
            bool cooperative, A... arguments) {
  if (journal::took(name, static_cast<P>(arguments)...)) return;
  queue::submit(name, stream, [=] {
    fibers::run(name, grid, block, shared, cooperative, [=] { kernel(static_cast<P>(arguments)...); });
  });
}
}  // namespace launching

template <class K, class... A>
void launch(const char* name, K kernel, dim3 grid, dim3 block, std::size_t shared, cudaStream_t stream,
            A... arguments) {
  launching::launch(name, kernel, grid, block, shared, stream, false, arguments...);
}

template <class K, class... A>
void launch_cooperative(const char* name, K kernel, dim3 grid, dim3 block, cudaStream_t stream, A... arguments) {
  launching::launch(name, kernel, grid, block, 0, stream, true, arguments...);
}

template <class K>
int cooperative_blocks(K, int) {
  return fibers::schedule.cooperative_blocks;
}

// ---- warps ----------------------------------------------------------------------------------------------------

namespace host {

template <class T>
struct Exchange {
  T value;
  T result;
  unsigned source;
};

template <class T>
T exchange(fibers::Site site, unsigned mask, T value, unsigned source) {
  if (!(mask >> source & 1)) {
    throw fibers::Fault("reads lane " + std::to_string(source) + " at " + site.text() + ", which is not in the mask");
  }
  Exchange<T> own{value, value, source};
  fibers::meet(site, mask, &own, [](void*(&payloads)[32]) {
    for (void* payload : payloads) {
      if (payload == nullptr) continue;
      auto lane = static_cast<Exchange<T>*>(payload);
      lane->result = static_cast<Exchange<T>*>(payloads[lane->source])->value;
    }
  });
  return own.result;
}

inline unsigned lane() { return fibers::current->lane(); }

template <class T>
T shuffle(fibers::Site site, unsigned mask, T value, int source) {
  return exchange(site, mask, value, static_cast<unsigned>(source) & 31);
}

template <class T>
T shuffle_xor(fibers::Site site, unsigned mask, T value, int bits) {
  return exchange(site, mask, value, (lane() ^ static_cast<unsigned>(bits)) & 31);
}

template <class T>
T shuffle_down(fibers::Site site, unsigned mask, T value, unsigned distance) {
  return exchange(site, mask, value, lane() + distance < 32 ? lane() + distance : lane());
}

template <class T>
T shuffle_up(fibers::Site site, unsigned mask, T value, unsigned distance) {
  return exchange(site, mask, value, lane() >= distance ? lane() - distance : lane());
}

inline unsigned ballot(fibers::Site site, unsigned mask, bool vote) {
  struct Vote {
    bool own;
    unsigned all;
  } own{vote, 0};
  fibers::meet(site, mask, &own, [](void*(&payloads)[32]) {
    unsigned all = 0;
    for (unsigned i = 0; i < 32; ++i) {
      if (payloads[i] != nullptr && static_cast<Vote*>(payloads[i])->own) all |= 1u << i;
    }
    for (void* payload : payloads) {
      if (payload != nullptr) static_cast<Vote*>(payload)->all = all;
    }
  });
  return own.all;
}

inline void sync_warp(fibers::Site site, unsigned mask) { ballot(site, mask, false); }
inline void sync_warp(fibers::Site site) { ballot(site, 0xffffffffu, false); }

// Matrices of 8x8 numbers of 16 bits, each row read where one lane says.
template <int COUNT, bool TRANSPOSED>
void load_matrices(std::uint32_t (&words)[COUNT], const void* row) {
  struct Request {
    std::uint32_t* words;
    const void* row;
  } own{words, row};
  if (lane() < 8 * COUNT && reinterpret_cast<std::uintptr_t>(row) % 16 != 0) {
    throw fibers::Fault("load_matrices reads a row that is not on 16 bytes");
  }
  fibers::meet(fibers::Site{"load_matrices", 0}, 0xffffffffu, &own, [](void*(&payloads)[32]) {
    for (unsigned i = 0; i < COUNT; ++i) {
      std::uint16_t matrix[8][8];
      for (unsigned r = 0; r < 8; ++r) std::memcpy(matrix[r], static_cast<Request*>(payloads[8 * i + r])->row, 16);
      for (unsigned lane = 0; lane < 32; ++lane) {
        const unsigned group = lane / 4;
        const unsigned pair = lane % 4 * 2;
        const std::uint16_t low = TRANSPOSED ? matrix[pair][group] : matrix[group][pair];
        const std::uint16_t high = TRANSPOSED ? matrix[pair + 1][group] : matrix[group][pair + 1];
        static_cast<Request*>(payloads[lane])->words[i] = low | static_cast<std::uint32_t>(high) << 16;
      }
    }
  });
}

// One matrix product by all 32 lanes; each word holds two numbers of T.
template <class T>
void mma(float (&d)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]) {
  struct Fragment {
    float* d;
    const std::uint32_t* a;
    const std::uint32_t* b;
  } own{d, a, b};
  fibers::meet(fibers::Site{"mma_16x8x16", 0}, 0xffffffffu, &own, [](void*(&payloads)[32]) {
    float A[16][16];
    float B[16][8];
    auto low = [](std::uint32_t word) { return to_float(T{static_cast<std::uint16_t>(word)}); };
    auto high = [](std::uint32_t word) { return to_float(T{static_cast<std::uint16_t>(word >> 16)}); };
    for (int lane = 0; lane < 32; ++lane) {
      auto fragment = static_cast<Fragment*>(payloads[lane]);
      int group = lane / 4;
      int pair = lane % 4 * 2;
      for (int i = 0; i < 4; ++i) {
        A[group + i % 2 * 8][pair + i / 2 * 8] = low(fragment->a[i]);
        A[group + i % 2 * 8][pair + i / 2 * 8 + 1] = high(fragment->a[i]);
      }
      for (int i = 0; i < 2; ++i) {
        B[pair + i * 8][group] = low(fragment->b[i]);
        B[pair + i * 8 + 1][group] = high(fragment->b[i]);
      }
    }
    for (int lane = 0; lane < 32; ++lane) {
      auto fragment = static_cast<Fragment*>(payloads[lane]);
      for (int i = 0; i < 4; ++i) {
        int row = lane / 4 + i / 2 * 8;
        int column = lane % 4 * 2 + i % 2;
        float sum = 0;
        for (int k = 0; k < 16; ++k) sum += A[row][k] * B[k][column];
        fragment->d[i] += sum;
      }
    }
  });
}

}  // namespace host

#define __shfl_sync(mask, value, source) host::shuffle(FIBER_SITE, mask, value, source)
#define __shfl_xor_sync(mask, value, bits) host::shuffle_xor(FIBER_SITE, mask, value, bits)
#define __shfl_down_sync(mask, value, distance) host::shuffle_down(FIBER_SITE, mask, value, distance)
#define __shfl_up_sync(mask, value, distance) host::shuffle_up(FIBER_SITE, mask, value, distance)
#define __ballot_sync(mask, vote) host::ballot(FIBER_SITE, mask, vote)
#define __any_sync(mask, vote) (host::ballot(FIBER_SITE, mask, vote) != 0)
#define __all_sync(mask, vote) (host::ballot(FIBER_SITE, mask, !(vote)) == 0)

// ---- atomics: one host thread, so plain operations ------------------------------------------------------------

template <class T>
T atomicAdd(T* address, T value) {
  T before = *address;
  *address = before + value;
  return before;
}
template <class T>
T atomicOr(T* address, T value) {
  T before = *address;
  *address = before | value;
  return before;
}
template <class T>
T atomicMax(T* address, T value) {
  T before = *address;
  *address = std::max(before, value);
  return before;
}

// ---- numbers --------------------------------------------------------------------------------------------------

struct alignas(8) float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};
struct alignas(8) uint2 {
  unsigned x, y;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

using std::max;
using std::min;

template <class T>
T __ldg(const T* address) {
  return *address;
}
