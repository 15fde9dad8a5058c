// Batch norm, second pass, with what is merged into it: out = act(gate (a x + b) + residual), the residual as it is or
// behind its own norm (a' r + b'), and one bit per output where a ReLU follows.
//
// x, residual, out (N, P, C); statistics (4, C) with a and b in rows 2 and 3; gate (N, C); mask a bit per value of out,
// lowest bit first. One read of x and of the residual, one write.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "norm_kernels.h"

namespace {

enum class Residual { NONE, PLAIN, NORMED };

struct Coefficients {
  const float* statistics;
  const float* residual_statistics;
  const float* gate;
};

// out = A x + B + R r of one channel of one sample.
struct Affine {
  float A, B, R;
};

template <Residual RESIDUAL>
__device__ __forceinline__ Affine affine(const Coefficients& k, int n, int c, int C) {
  const float gate = k.gate == nullptr ? 1.0f : k.gate[n * C + c];
  Affine affine = {gate * k.statistics[2 * C + c], gate * k.statistics[3 * C + c], 1.0f};
  if (RESIDUAL == Residual::NORMED) {
    affine.R = k.residual_statistics[2 * C + c];
    affine.B += k.residual_statistics[3 * C + c];
  }
  return affine;
}

// Positions that a thread takes one after another, its coefficients in registers.
constexpr int POSITIONS = 8;

// Channels a multiple of eight: a byte of the mask belongs to one thread.
template <class T, Residual RESIDUAL>
KERNEL(TILE_THREADS)
batchnorm_forward_kernel(T* __restrict__ out, std::uint8_t* __restrict__ mask, const T* __restrict__ x,
                         const T* __restrict__ residual, Coefficients coefficients, int P, int C) {
  const int n = blockIdx.x;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * PACK;
  if (c >= C) return;
  Affine k[PACK];
#pragma unroll
  for (int i = 0; i < PACK; ++i) k[i] = affine<RESIDUAL>(coefficients, n, c + i, C);
  const int first = blockIdx.z * blockDim.y * POSITIONS + threadIdx.y;
  const int steps = min(POSITIONS, steps_between(first, P, blockDim.y));
#pragma unroll 4
  for (int step = 0; step < steps; ++step) {
    const long long at = (static_cast<long long>(n) * P + first + step * blockDim.y) * C + c;
    Pack value = load_pack(x + at);
    Pack added = {};
    if (RESIDUAL != Residual::NONE) added = load_pack(residual + at);
    unsigned bits = 0;
#pragma unroll
    for (int i = 0; i < PACK; ++i) {
      float v = k[i].A * value.v[i] + k[i].B;
      if (RESIDUAL != Residual::NONE) v += k[i].R * added.v[i];
      if (mask != nullptr) {
        bits |= v > 0 ? 1u << i : 0u;
        v = v <= 0 ? 0.0f : v;  // a NaN stays one
      }
      value.v[i] = v;
    }
    store_pack(out + at, value);
    if (mask != nullptr) mask[at / 8] = static_cast<std::uint8_t>(bits);
  }
}

// Any number of channels: a thread for each value, eight neighbouring threads for a byte of the mask.
template <class T, Residual RESIDUAL>
KERNEL(TILE_THREADS)
batchnorm_forward_any_kernel(T* __restrict__ out, std::uint8_t* __restrict__ mask, const T* __restrict__ x,
                             const T* __restrict__ residual, Coefficients coefficients, long long count, int P, int C) {
  const long long i = static_cast<long long>(blockIdx.x) * TILE_THREADS + threadIdx.x;
  float v = 0;
  if (i < count) {
    const Affine k = affine<RESIDUAL>(coefficients, static_cast<int>(i / C / P), static_cast<int>(i % C), C);
    v = k.A * to_float(x[i]) + k.B;
    if (RESIDUAL != Residual::NONE) v += k.R * to_float(residual[i]);
  }
  if (mask != nullptr) {
    const unsigned bits = __ballot_sync(ALL_LANES, v > 0);
    const int lane = threadIdx.x % WARP;
    if (lane % 8 == 0 && i < count) mask[i / 8] = static_cast<std::uint8_t>(bits >> lane);
    v = v <= 0 ? 0.0f : v;
  }
  if (i < count) out[i] = from_float<T>(v);
}

template <class T, Residual RESIDUAL>
void run(T* out, std::uint8_t* mask, const T* x, const T* residual, const Coefficients& k, int N, int P, int C,
         cudaStream_t stream) {
  const char* name = "batchnorm_forward";
  if (C % PACK == 0) {
    const ChannelTile tile = ChannelTile::of(C, PACK);
    const dim3 grid(N, tile.tiles(C, PACK), ceil_div(P, tile.rows() * POSITIONS));
    launch(name, batchnorm_forward_kernel<T, RESIDUAL>, grid, tile.block(), 0, stream, out, mask, x, residual, k, P, C);
  } else {
    const long long count = static_cast<long long>(N) * P * C;
    launch(name, batchnorm_forward_any_kernel<T, RESIDUAL>, dim3(ceil_div(count, TILE_THREADS)), dim3(TILE_THREADS), 0,
           stream, out, mask, x, residual, k, count, P, C);
  }
}

}  // namespace

void batchnorm_forward(Type type, void* out, std::uint8_t* mask, const void* x, const void* residual,
                       const float* statistics, const float* residual_statistics, const float* gate, int N, int P,
                       int C, cudaStream_t stream) {
  const Coefficients k = {statistics, residual_statistics, gate};
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    auto y = static_cast<T*>(out);
    auto a = static_cast<const T*>(x);
    auto b = static_cast<const T*>(residual);
    if (residual == nullptr) {
      run<T, Residual::NONE>(y, mask, a, b, k, N, P, C, stream);
    } else if (residual_statistics == nullptr) {
      run<T, Residual::PLAIN>(y, mask, a, b, k, N, P, C, stream);
    } else {
      run<T, Residual::NORMED>(y, mask, a, b, k, N, P, C, stream);
    }
  });
}
