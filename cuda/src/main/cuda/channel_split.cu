// A part of the channels: y(m, c) = x(m, channel + c). Backward dx(m, channel + c) = dy(m, c) and zero elsewhere, or
// dx(m, channel + c) += dy(m, c).
//
// The part (M, C), the whole (M, D). Forward moves bytes as the backward of a concatenation does.
#include "channel_kernels.h"
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "elementwise_kernels.h"

namespace {

constexpr int POSITIONS = 4;

// Of the whole's channels from `from` on, `count`: those of the part are from dy, the others zero.
struct Columns {
  int from, count;
};

template <class T, int V>
KERNEL(TILE_THREADS)
channel_split_backward_kernel(T* __restrict__ dx, const T* __restrict__ dy, Columns columns, int channel,
                              bool accumulate, long long M, int C, int D) {
  const int column = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  if (column >= columns.count) return;
  const int d = columns.from + column;
  const int c = d - channel;
  const long long first = static_cast<long long>(blockIdx.x) * blockDim.y * POSITIONS + threadIdx.y;
#pragma unroll
  for (int step = 0; step < POSITIONS; ++step) {
    const long long m = first + step * static_cast<int>(blockDim.y);
    if (m >= M) break;
    Values<V> value = {};
    if (c >= 0 && c < C) value = load_values<V>(dy + m * C + c);
    if (accumulate) {
      const Values<V> before = load_values<V>(dx + m * D + d);
#pragma unroll
      for (int i = 0; i < V; ++i) value.v[i] += before.v[i];
    }
    store_values<V>(dx + m * D + d, value);
  }
}

template <class T, int V>
void run(T* dx, const T* dy, int channel, bool accumulate, long long M, int C, int D, cudaStream_t stream) {
  const Columns columns = accumulate ? Columns{channel, C} : Columns{0, D};
  const ChannelTile tile = ChannelTile::of(columns.count, V);
  launch("channel_split_backward", channel_split_backward_kernel<T, V>,
         dim3(ceil_div(M, tile.rows() * POSITIONS), tile.tiles(columns.count, V)), tile.block(), 0, stream, dx, dy,
         columns, channel, accumulate, M, C, D);
}

}  // namespace

void channel_split_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D,
                           cudaStream_t stream) {
  concat_backward(type, y, x, channel, M, C, D, stream);
}

void channel_split_backward(Type type, void* dx, const void* dy, int channel, bool accumulate, long long M, int C,
                            int D, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = (C | D | channel) % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(static_cast<T*>(dx), static_cast<const T*>(dy), channel, accumulate, M, C, D, stream);
  });
}
