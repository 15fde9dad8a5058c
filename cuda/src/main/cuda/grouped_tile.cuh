// What the kernels of the grouped 3x3 convolution share: how tensors are cut, and how a piece comes into shared memory.
//
// A block works on 32 channels (a slab: one to eight whole groups) of one tile of positions after another. Its halo tile
// lies in shared memory as (position, channel), each position followed by 16 bytes, so that eight neighbouring positions
// lie in different banks. A tile consists of warp tiles of 4 rows and 8 columns.
#pragma once

#include "dispatch.cuh"
#include "pack.cuh"

constexpr int GROUPED_THREADS = 128;
constexpr int GROUPED_WARPS = GROUPED_THREADS / 32;
constexpr int SLAB = 32;
constexpr int TAPS = 9;
constexpr int WARP_ROWS = 4;
constexpr int WARP_COLUMNS = 8;

// Channels that 16 bytes hold.
template <class T>
constexpr int CHUNK = 16 / static_cast<int>(sizeof(T));

// From one position of a tile to the next.
template <class T>
constexpr int POSITION = SLAB + CHUNK<T>;

// A rectangle of an image: what a tile holds. Positions outside the image, and channels beyond the last, are zero.
struct Region {
  int y, x;
  int rows, columns;
  int height, width;  // of the image
};

// All threads of the block; the caller waits before and after. `channels` counts from the slab's first to the last.
template <class T>
__device__ __forceinline__ void load_region(T* tile, const T* sample, const Region& region, int C, int channels) {
  constexpr int CHUNKS = SLAB / CHUNK<T>;
  constexpr int IN_FLIGHT = 4;
  const int count = region.rows * region.columns * CHUNKS;
  for (int first = threadIdx.x; first < count; first += IN_FLIGHT * GROUPED_THREADS) {
    uint4 chunk[IN_FLIGHT];
#pragma unroll
    for (int i = 0; i < IN_FLIGHT; ++i) {
      const int e = first + i * GROUPED_THREADS;
      const int position = e / CHUNKS;
      const int c = e % CHUNKS * CHUNK<T>;
      const int y = region.y + position / region.columns;
      const int x = region.x + position % region.columns;
      chunk[i] = make_uint4(0, 0, 0, 0);
      if (e < count && y >= 0 && y < region.height && x >= 0 && x < region.width && c < channels) {
        const T* from = sample + (static_cast<long long>(y) * region.width + x) * C + c;
        require_aligned(from, 16);
        chunk[i] = *reinterpret_cast<const uint4*>(from);
      }
    }
#pragma unroll
    for (int i = 0; i < IN_FLIGHT; ++i) {
      const int e = first + i * GROUPED_THREADS;
      if (e < count) {
        T* to = tile + e / CHUNKS * POSITION<T> + e % CHUNKS * CHUNK<T>;
        *reinterpret_cast<uint4*>(to) = chunk[i];
      }
    }
  }
}

// ---- for launchers ----------------------------------------------------------------------------------------------

// Calls body with the group's size as a constant.
template <class Body>
void dispatch_group(int group, Body body) {
  switch (group) {
    case 4: return body(std::integral_constant<int, 4>{});
    case 8: return body(std::integral_constant<int, 8>{});
    case 16: return body(std::integral_constant<int, 16>{});
    case 32: return body(std::integral_constant<int, 32>{});
  }
}

// Blocks that are resident at once.
inline int grouped_blocks() { return 4 * multiprocessors(); }
// Shared memory of a block, so that four are resident, and what every GPU gives to one.
constexpr int GROUPED_SHARED = 56 << 10;
constexpr int GROUPED_SHARED_MOST = 96 << 10;

// The tile with the least to load and to compute for an image, where all of `bytes(tile)` fits; or none: height 0.
struct TileSize {
  int height, width;
};

template <class Cost, class Bytes>
TileSize choose_tile(int height, int width, int row_unit, int column_unit, Cost cost, Bytes bytes) {
  TileSize best = {0, 0};
  for (const int limit : {GROUPED_SHARED, GROUPED_SHARED_MOST}) {
    double least = 0;
    for (int h = row_unit; h < height + row_unit; h += row_unit) {
      if (bytes(TileSize{h, column_unit}) > limit) break;
      for (int w = column_unit; w < width + column_unit; w += column_unit) {
        const TileSize tile = {h, w};
        if (bytes(tile) > limit) break;
        const double tiles = static_cast<double>(ceil_div(height, h)) * ceil_div(width, w);
        if (best.height == 0 || tiles * cost(tile) < least) {
          best = tile;
          least = tiles * cost(tile);
        }
      }
    }
    if (best.height != 0) break;
  }
  return best;
}
