// One part of a concatenation along channels: y(m, channel + c) = x(m, c), and backward dx(m, c) = dy(m, channel + c); the
// other channels of y are left alone.
//
// The part (M, C), the whole (M, D), M = N P. Bytes are moved, 16 at a time where sizes and offset allow, else 8, 4 or 2.
#include "channel_tile.cuh"
#include "dispatch.cuh"
#include "elementwise_kernels.h"

namespace {

constexpr int POSITIONS = 4;

// Rows of a part and of a whole, in units.
struct Rows {
  long long count;
  int units;
  int stride_to;
  int stride_from;
};

template <class Unit>
KERNEL(TILE_THREADS)
concat_kernel(Unit* __restrict__ to, const Unit* __restrict__ from, Rows rows) {
  const int unit = blockIdx.y * blockDim.x + threadIdx.x;
  if (unit >= rows.units) return;
  const long long first = static_cast<long long>(blockIdx.x) * blockDim.y * POSITIONS + threadIdx.y;
#pragma unroll
  for (int step = 0; step < POSITIONS; ++step) {
    const long long m = first + step * static_cast<int>(blockDim.y);
    if (m >= rows.count) break;
    Unit* target = to + m * rows.stride_to + unit;
    const Unit* source = from + m * rows.stride_from + unit;
    require_aligned(target, sizeof(Unit));
    require_aligned(source, sizeof(Unit));
    *target = *source;
  }
}

template <class Unit>
void run(void* to, const void* from, long long M, int bytes, int bytes_to, int bytes_from, cudaStream_t stream) {
  constexpr int SIZE = sizeof(Unit);
  const Rows rows = {M, bytes / SIZE, bytes_to / SIZE, bytes_from / SIZE};
  const ChannelTile tile = ChannelTile::of(rows.units, 1);
  launch("concat", concat_kernel<Unit>, dim3(ceil_div(M, tile.rows() * POSITIONS), tile.tiles(rows.units, 1)),
         tile.block(), 0, stream, static_cast<Unit*>(to), static_cast<const Unit*>(from), rows);
}

void move(void* to, const void* from, long long M, int bytes, int bytes_to, int bytes_from, int offset,
          cudaStream_t stream) {
  const int all = bytes_to | bytes_from | offset;  // one of the two is the part's own
  const auto pass = all % 16 == 0  ? run<uint4>
                    : all % 8 == 0 ? run<uint2>
                    : all % 4 == 0 ? run<std::uint32_t>
                                   : run<std::uint16_t>;
  pass(to, from, M, bytes, bytes_to, bytes_from, stream);
}

int size_of(Type type) { return type == Type::FLOAT32 ? 4 : 2; }

}  // namespace

void concat_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D, cudaStream_t stream) {
  const int size = size_of(type);
  move(static_cast<char*>(y) + channel * size, x, M, C * size, D * size, C * size, channel * size, stream);
}

void concat_backward(Type type, void* dx, const void* dy, int channel, long long M, int C, int D, cudaStream_t stream) {
  const int size = size_of(type);
  move(dx, static_cast<const char*>(dy) + channel * size, M, C * size, C * size, D * size, channel * size, stream);
}
