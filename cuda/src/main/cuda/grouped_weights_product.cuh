// The product of the grouped convolution's weight gradient: for each tap the sum over positions of x, shifted by the tap,
// times dy. Each warp sums its own outputs in registers, and where there are fewer outputs than warps, over its own share
// of the positions: a block leaves `SHARES` partial results.
//
// In 16 bit on tensor cores: 16 of (tap, input channel) times 16 positions times 8 output channels; both operands are read
// transposed from their (position, channel) tiles. With 8 channels in a group the 16 are two taps; groups of 4 go in twos,
// and half of the product is dropped. With 16 and 32 they are channels of one tap, and serve 16 output channels. In
// float32 a thread has one output channel and four or eight input channels, for all taps.
#pragma once

#include "grouped_tile.cuh"

// What a block has in shared memory: of dy `height` x `width` positions, even and a multiple of 8, and the halo tile of x.
template <class T>
struct Pair {
  const T* x;
  const T* dy;
  int columns;  // of x
  int height, width;
  int stride, dilation;

  __device__ __forceinline__ int from(int y, int x_, int tap) const {
    return ((y * stride + tap / 3 * dilation) * columns + x_ * stride + tap % 3 * dilation) * POSITION<T>;
  }
};

template <class T, int G>
struct WeightProduct {
  static constexpr int SHARES = G == 16 ? 2 : 1;
  static constexpr int ROWS = G <= 8 ? 5 : TAPS;  // products of 16 (tap, channel)
  static constexpr int WIDE = G <= 8 ? 1 : 2;     // products of 8 output channels
  float sum[ROWS][WIDE][4] = {};

  // First input and output channel of this warp.
  __device__ static __forceinline__ int first_in() {
    const int warp = threadIdx.x / 32;
    return G <= 8 ? warp * 8 : warp % 2 * 16;
  }
  __device__ static __forceinline__ int first_out() {
    const int warp = threadIdx.x / 32;
    return G <= 8 ? warp * 8 : G == 16 ? warp % 2 * 16 : warp / 2 * 16;
  }
  __device__ static __forceinline__ int share() { return G == 16 ? threadIdx.x / 64 : 0; }

  __device__ __forceinline__ void add(const Pair<T>& pair) {
    const int lane = threadIdx.x % 32;
    const int across = pair.width / 8;
    const int steps = pair.height / 2 * across;
    // Lane 8 i + r reads position r of matrix i. Of x: a row of positions in both halves of the 16, then the next row; of
    // dy: the two rows, for 8 output channels and for the next 8.
    const int half = lane / 8 % 2;
    const int next = lane / 16;
    for (int step = share(); step < steps; step += SHARES) {
      const int y = step / across * 2;
      const int x = step % across * 8 + lane % 8;
      std::uint32_t b[2 * WIDE];
      load_matrices<2 * WIDE, true>(
          b, pair.dy + ((y + half) * pair.width + x) * POSITION<T> + first_out() + (WIDE == 2 ? next * 8 : 0));
#pragma unroll
      for (int row = 0; row < ROWS; ++row) {
        // The tenth tap of two is not stored.
        const int tap = G <= 8 ? min(2 * row + half, TAPS - 1) : row;
        const int channel = first_in() + (G <= 8 ? 0 : half * 8);
        std::uint32_t a[4];
        load_matrices<4, true>(a, pair.x + pair.from(y + next, x, tap) + channel);
#pragma unroll
        for (int i = 0; i < WIDE; ++i) {
          const std::uint32_t own[2] = {b[2 * i], b[2 * i + 1]};
          mma_16x8x16<T>(sum[row][i], a, own);
        }
      }
    }
  }

  // To partial[output channel][tap][input channel]; channels count from the slab's first.
  __device__ __forceinline__ void store(float* partial, int channels) const {
    const int lane = threadIdx.x % 32;
#pragma unroll
    for (int row = 0; row < ROWS; ++row) {
#pragma unroll
      for (int i = 0; i < WIDE; ++i) {
#pragma unroll
        for (int k = 0; k < 4; ++k) {
          const int tap = G <= 8 ? 2 * row + k / 2 : row;
          const int in = first_in() + lane / 4 + (G <= 8 ? 0 : k / 2 * 8);
          const int out = first_out() + i * 8 + lane % 4 * 2 + k % 2;
          if (tap < TAPS && in / G == out / G && out < channels) {
            partial[(out * TAPS + tap) * G + in % G] = sum[row][i][k];
          }
        }
      }
    }
  }
};

template <int G>
struct WeightProduct<float, G> {
  static constexpr int SHARES = G == 4 ? 4 : G == 8 ? 2 : 1;
  static constexpr int FOURS = G == 32 ? 2 : 1;  // of input channels
  float sum[TAPS][FOURS][4] = {};

  __device__ static __forceinline__ int share() { return G == 4 ? threadIdx.x / 32 : G == 8 ? threadIdx.x / 64 : 0; }
  // First input channel within the group.
  __device__ static __forceinline__ int first_in() {
    return G == 4 ? 0 : G == 8 ? threadIdx.x / 32 % 2 * 4 : threadIdx.x / 32 * 4 * FOURS;
  }

  __device__ __forceinline__ void add(const Pair<float>& pair) {
    const int out = threadIdx.x % 32;
    const int in = out / G * G + first_in();
    const int positions = pair.height * pair.width;
    for (int p = share(); p < positions; p += SHARES) {
      const float dy = pair.dy[p * POSITION<float> + out];
      const float* x = pair.x + pair.from(p / pair.width, p % pair.width, 0) + in;
#pragma unroll
      for (int tap = 0; tap < TAPS; ++tap) {
#pragma unroll
        for (int i = 0; i < FOURS; ++i) {
          const float4 four = *reinterpret_cast<const float4*>(x + pair.from(0, 0, tap) + i * 4);
          sum[tap][i][0] += dy * four.x;
          sum[tap][i][1] += dy * four.y;
          sum[tap][i][2] += dy * four.z;
          sum[tap][i][3] += dy * four.w;
        }
      }
    }
  }

  __device__ __forceinline__ void store(float* partial, int channels) const {
    const int out = threadIdx.x % 32;
    if (out >= channels) return;
#pragma unroll
    for (int tap = 0; tap < TAPS; ++tap) {
#pragma unroll
      for (int i = 0; i < FOURS; ++i) {
        *reinterpret_cast<float4*>(partial + (out * TAPS + tap) * G + first_in() + i * 4) =
            make_float4(sum[tap][i][0], sum[tap][i][1], sum[tap][i][2], sum[tap][i][3]);
      }
    }
  }
};
