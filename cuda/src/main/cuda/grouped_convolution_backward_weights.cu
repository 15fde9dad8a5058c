// Gradient of a grouped 3x3 convolution's weights, added to d_weight (C, 3, 3, group): for output channel o, tap (ky, kx)
// and input channel i of its group the sum over samples and positions of dy(n, oy, ox, o) x(n, oy s + (ky - 1) d,
// ox s + (kx - 1) d, i).
//
// x (N, H, W, C) and dy (N, (H-1)/s+1, (W-1)/s+1, C) are read once. The tiles of all samples are dealt to blocks; each sums
// its own in registers and leaves them in scratch memory, (blocks x shares, C, 3, 3, group), which a second launch sums in
// order: the result is the same every time.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "grouped_kernels.h"
#include "grouped_weights_product.cuh"

namespace {

struct Pass {
  int N, C;
  int in_height, in_width, out_height, out_width;
  int stride, dilation;
  int tile_height, tile_width;
  int rows, columns;  // of x
};

// With 16 channels in a group each thread has most to sum.
constexpr int resident_blocks(int group) { return group == 16 ? 3 : 4; }

template <class T, int G>
KERNEL_RESIDENT(GROUPED_THREADS, resident_blocks(G))
grouped_convolution_backward_weights_kernel(float* __restrict__ partial, const T* __restrict__ x,
                                            const T* __restrict__ dy, Pass pass) {
  using Sums = WeightProduct<T, G>;
  T* x_tile = dynamic_shared<T>();
  T* dy_tile = x_tile + pass.rows * pass.columns * POSITION<T>;
  const int C = pass.C;
  const int slab = blockIdx.y * SLAB;
  const int across = (pass.out_width + pass.tile_width - 1) / pass.tile_width;
  const int tiles = across * ((pass.out_height + pass.tile_height - 1) / pass.tile_height);
  const long long all = static_cast<long long>(pass.N) * tiles;
  const long long last = all * (blockIdx.x + 1) / gridDim.x;
  Sums sums;
  for (long long t = all * blockIdx.x / gridDim.x; t < last; ++t) {
    const int n = static_cast<int>(t / tiles);
    const int tile = static_cast<int>(t % tiles);
    const int top = tile / across * pass.tile_height;
    const int left = tile % across * pass.tile_width;
    __syncthreads();  // the tile before has been read
    load_region(x_tile, x + static_cast<long long>(n) * pass.in_height * pass.in_width * C + slab,
                {top * pass.stride - pass.dilation, left * pass.stride - pass.dilation, pass.rows, pass.columns,
                 pass.in_height, pass.in_width},
                C, C - slab);
    load_region(dy_tile, dy + static_cast<long long>(n) * pass.out_height * pass.out_width * C + slab,
                {top, left, pass.tile_height, pass.tile_width, pass.out_height, pass.out_width}, C, C - slab);
    __syncthreads();
    sums.add({x_tile, dy_tile, pass.columns, pass.tile_height, pass.tile_width, pass.stride, pass.dilation});
  }
  const long long at = (static_cast<long long>(blockIdx.x) * Sums::SHARES + Sums::share()) * C + slab;
  sums.store(partial + at * TAPS * G, C - slab);
}

// d_weight[i] += the sum of partial[p][i] over p: 32 neighbours in a block, eight threads for each.
KERNEL(TILE_THREADS)
grouped_convolution_sum_weights_kernel(float* __restrict__ d_weight, const float* __restrict__ partial, int count,
                                       int numbers) {
  const int i = blockIdx.x * WARP + threadIdx.x;
  float sum[1][1] = {};
  if (i < numbers) {
#pragma unroll 8
    for (int p = threadIdx.y; p < count; p += blockDim.y) sum[0][0] += partial[static_cast<long long>(p) * numbers + i];
  }
  sum_rows(sum);
  if (threadIdx.y == 0 && i < numbers) d_weight[i] += sum[0][0];
}

// Blocks for each slab: no more than are resident at once, and half of them where weights are many, since then a partial
// result costs as much as a sample; nor more than there are tiles of the smallest size.
int most_blocks(const GroupedGeometry& g) {
  const int resident = multiprocessors() * (g.group == 32 ? 2 : resident_blocks(g.group));
  const long long wanted = max(resident / ceil_div(g.C, SLAB), 1);
  const long long tiles = static_cast<long long>(g.N) * ceil_div(g.out_height(), 2) * ceil_div(g.out_width(), 8);
  return static_cast<int>(min(wanted, tiles));
}

template <class T, int G>
void run(float* d_weight, const T* x, const T* dy, float* scratch, int dilation, const GroupedGeometry& g,
         cudaStream_t stream) {
  auto reach = [&](int outputs) { return (outputs - 1) * g.stride + 2 * dilation + 1; };
  auto bytes = [&](const TileSize& tile) {
    return (reach(tile.height) * reach(tile.width) + tile.height * tile.width) * POSITION<T> *
           static_cast<int>(sizeof(T));
  };
  auto cost = [&](const TileSize& tile) {
    return static_cast<double>(reach(tile.height) * reach(tile.width) + 2 * tile.height * tile.width);
  };
  const TileSize tile = choose_tile(g.out_height(), g.out_width(), 2, 8, cost, bytes);
  const Pass pass = {g.N,      g.C,      g.H,         g.W,        g.out_height(),     g.out_width(),
                     g.stride, dilation, tile.height, tile.width, reach(tile.height), reach(tile.width)};
  const long long tiles =
      static_cast<long long>(g.N) * ceil_div(g.out_height(), tile.height) * ceil_div(g.out_width(), tile.width);
  const int blocks = static_cast<int>(min(static_cast<long long>(most_blocks(g)), tiles));
  const char* name = "grouped_convolution_backward_weights";
  launch(name, grouped_convolution_backward_weights_kernel<T, G>, dim3(blocks, ceil_div(g.C, SLAB)),
         dim3(GROUPED_THREADS), bytes(tile), stream, scratch, x, dy, pass);
  const int numbers = g.C * TAPS * G;
  launch(name, grouped_convolution_sum_weights_kernel, dim3(ceil_div(numbers, WARP)), dim3(WARP, TILE_THREADS / WARP),
         0, stream, d_weight, static_cast<const float*>(scratch), blocks * WeightProduct<T, G>::SHARES, numbers);
}

}  // namespace

long long grouped_convolution_weights_scratch(const GroupedGeometry& g) {
  const int shares = g.group == 4 ? 4 : g.group == 32 ? 1 : 2;
  return static_cast<long long>(most_blocks(g)) * shares * g.C * TAPS * g.group;
}

void grouped_convolution_backward_weights(Type type, float* d_weight, const void* x, const void* dy, float* scratch,
                                          int dilation, const GroupedGeometry& geometry, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    dispatch_group(geometry.group, [&](auto size) {
      run<T, decltype(size)::value>(d_weight, static_cast<const T*>(x), static_cast<const T*>(dy), scratch, dilation,
                                    geometry, stream);
    });
  });
}
