// The product at the heart of the grouped convolution, for 32 positions (4 rows of 8) and 32 output channels by a warp.
// Lane 4 g + q gets column g of each row, channels 8 q to 8 q + 7.
//
// In 16 bits on tensor cores: 16 positions times 16 of (tap, input channel) times 8 output channels. With 16 or 32
// channels in a group a step is half or all of a tap, and its positions serve 2 or 4 products. With 8 a step is two taps,
// and a tenth tap has zero weights: 9 x 8 = 72 of 80 numbers are of use. Groups of 4 go in twos, as one of 8 with zeros
// between them: 5 steps for both, where each alone would take 3 with half of the product's columns empty; the price is
// that an infinity in one group becomes a NaN in its neighbour too. In float32 by multiply-add.
#pragma once

#include "grouped_tile.cuh"

// Where the nine taps of a warp tile lie: numbers of the type, counted from a position of zeros in front of all tiles.
struct Window {
  int first;        // row 0, column 0 of the warp tile
  int row_step;     // from row to row
  int column_step;  // from column to column
  int row[3];       // to each row of taps and to each column; negative where a tap falls between two positions
  int column[3];

  __device__ __forceinline__ int tap(int ky, int kx) const {
    return row[ky] < 0 || column[kx] < 0 ? 0 : first + row[ky] + column[kx];
  }
};

// What a tap does for output channel `out` from channel `in` of its group; both count from the slab's first. A gradient
// goes the other way: weights transposed and mirrored.
template <int G>
__device__ __forceinline__ float weight_of(const float* weight, int first, int C, int out, int tap, int in,
                                           bool transposed) {
  const int o = first + out;
  if (o >= C) return 0;
  if (!transposed) return weight[(static_cast<long long>(o) * TAPS + tap) * G + in];
  return weight[(static_cast<long long>(o / G * G + in) * TAPS + TAPS - 1 - tap) * G + o % G];
}

template <class T, int G>
struct Product {
  // Steps of 16 (tap, channel), and how many products of 8 output channels share what a step reads.
  static constexpr int STEPS = G <= 8 ? 5 : TAPS * G / 16;
  static constexpr int SHARING = G <= 8 ? 1 : G / 8;
  // Bytes of one branch's weights: for each step, product and lane the two words that the lane needs.
  static constexpr int WEIGHT_BYTES = STEPS * 4 * 32 * 8;

  __device__ static __forceinline__ void stage(void* memory, const float* weight, int first, int C, bool transposed) {
    auto words = static_cast<std::uint32_t*>(memory);
    for (int e = threadIdx.x; e < WEIGHT_BYTES / 4; e += GROUPED_THREADS) {
      const int half = e % 2;
      const int lane = e / 2 % 32;
      const int product = e / 64 % 4;
      const int step = e / 256;
      const int out = lane / 4;
      std::uint32_t word = 0;
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        const int k = lane % 4 * 2 + i;
        float value = 0;
        if constexpr (G <= 8) {
          const int tap = 2 * step + half;
          if (tap < TAPS && k / G == out / G) {
            value = weight_of<G>(weight, first, C, product * 8 + out, tap, k % G, transposed);
          }
        } else {
          const int in = step % (G / 16) * 16 + half * 8 + k;
          value = weight_of<G>(weight, first, C, product * 8 + out, step / (G / 16), in, transposed);
        }
        word |= static_cast<std::uint32_t>(from_float<T>(value).bits) << 16 * i;
      }
      words[e] = word;
    }
  }

  struct Sum {
    float v[2][4][4];  // two rows, product, fragment
  };

  __device__ static __forceinline__ void add(Sum& sum, const T* zeros, const void* memory, const Window& window) {
    const int lane = threadIdx.x % 32;
    // Lane 8 i + r reads row r of matrix i: the columns of one row, those of the next, and both for the step's other half.
    const int half = lane / 16;
    const int own = lane / 8 % 2 * window.row_step + lane % 8 * window.column_step;
    constexpr int READS = G <= 8 ? STEPS : TAPS;
    int at[READS];
#pragma unroll
    for (int i = 0; i < READS; ++i) {
      if constexpr (G <= 8) {
        const int even = window.tap(2 * i / 3, 2 * i % 3);
        const int odd = 2 * i + 1 < TAPS ? window.tap((2 * i + 1) / 3 % 3, (2 * i + 1) % 3) : 0;
        at[i] = half == 0 ? even : odd;
      } else {
        at[i] = window.tap(i / 3, i % 3);
      }
    }
    auto words = static_cast<const uint2*>(memory) + lane;
#pragma unroll
    for (int step = 0; step < STEPS; ++step) {
      const int start = at[G <= 8 ? step : step / (G / 16)];
      int channel = 0;
      if constexpr (G > 8) channel = step % (G / 16) * 16 + half * 8;
#pragma unroll
      for (int product = 0; product < 4; product += SHARING) {
        std::uint32_t a[2][4];
#pragma unroll
        for (int j = 0; j < 2; ++j) {
          const int position = start == 0 ? 0 : start + own + j * 2 * window.row_step;
          load_matrices<4, false>(a[j], zeros + position + channel + product * 8);
        }
#pragma unroll
        for (int i = 0; i < SHARING; ++i) {
          const uint2 word = words[(step * 4 + product + i) * 32];
          const std::uint32_t b[2] = {word.x, word.y};
          mma_16x8x16<T>(sum.v[0][product + i], a[0], b);
          mma_16x8x16<T>(sum.v[1][product + i], a[1], b);
        }
      }
    }
  }

  // The lane's column of row r. A lane has two channels of each product; the four lanes of a column exchange them, so that
  // each has the eight of one product.
  __device__ static __forceinline__ Pack row(const Sum& sum, int r) {
    float v[4][2];
#pragma unroll
    for (int product = 0; product < 4; ++product) {
      v[product][0] = sum.v[r / 2][product][r % 2 * 2];
      v[product][1] = sum.v[r / 2][product][r % 2 * 2 + 1];
    }
#pragma unroll
    for (int bit = 1; bit < 4; bit *= 2) {
      const bool high = (threadIdx.x & bit) != 0;
#pragma unroll
      for (int product = 0; product < 4; ++product) {
        if ((product & bit) != 0) continue;
#pragma unroll
        for (int i = 0; i < 2; ++i) {
          const float sent = high ? v[product][i] : v[product | bit][i];
          const float received = __shfl_xor_sync(0xffffffffu, sent, bit);
          if (high) {
            v[product][i] = received;
          } else {
            v[product | bit][i] = received;
          }
        }
      }
    }
    return {{v[0][0], v[0][1], v[1][0], v[1][1], v[2][0], v[2][1], v[3][0], v[3][1]}};
  }
};

template <int G>
struct Product<float, G> {
  // Weights as (tap, channel in the group, output channel).
  static constexpr int WEIGHT_BYTES = TAPS * G * SLAB * 4;

  __device__ static __forceinline__ void stage(void* memory, const float* weight, int first, int C, bool transposed) {
    auto values = static_cast<float*>(memory);
    for (int e = threadIdx.x; e < WEIGHT_BYTES / 4; e += GROUPED_THREADS) {
      values[e] = weight_of<G>(weight, first, C, e % SLAB, e / SLAB / G, e / SLAB % G, transposed);
    }
  }

  struct Sum {
    float v[WARP_ROWS][PACK];
  };

  __device__ static __forceinline__ void add(Sum& sum, const float* zeros, const void* memory, const Window& window) {
    // Output channels that read the same input channels: a pack, or half of one where groups are of 4.
    constexpr int WIDE = G < PACK ? G : PACK;
    const int lane = threadIdx.x % 32;
    const int column = lane / 4 * window.column_step;
    const int out = lane % 4 * PACK;
#pragma unroll
    for (int tap = 0; tap < TAPS; ++tap) {
      const int start = window.tap(tap / 3, tap % 3);
#pragma unroll
      for (int part = 0; part < PACK; part += WIDE) {
        const int in = (out + part) / G * G;
#pragma unroll 1
        for (int i = 0; i < G; i += 4) {
          float4 x[WARP_ROWS];
#pragma unroll
          for (int r = 0; r < WARP_ROWS; ++r) {
            const int position = start == 0 ? 0 : start + column + r * window.row_step;
            x[r] = *reinterpret_cast<const float4*>(zeros + position + in + i);
          }
          auto w = static_cast<const float*>(memory) + (tap * G + i) * SLAB + out + part;
#pragma unroll
          for (int k = 0; k < 4; ++k) {
#pragma unroll
            for (int o = 0; o < WIDE; o += 4) {
              const float4 four = *reinterpret_cast<const float4*>(w + k * SLAB + o);
#pragma unroll
              for (int r = 0; r < WARP_ROWS; ++r) {
                const float value = k == 0 ? x[r].x : k == 1 ? x[r].y : k == 2 ? x[r].z : x[r].w;
                sum.v[r][part + o] += value * four.x;
                sum.v[r][part + o + 1] += value * four.y;
                sum.v[r][part + o + 2] += value * four.z;
                sum.v[r][part + o + 3] += value * four.w;
              }
            }
          }
        }
      }
    }
  }

  __device__ static __forceinline__ Pack row(const Sum& sum, int r) {
    Pack pack;
#pragma unroll
    for (int i = 0; i < PACK; ++i) pack.v[i] = sum.v[r][i];
    return pack;
  }
};
