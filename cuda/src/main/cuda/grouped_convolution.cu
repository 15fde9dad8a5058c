// Grouped 3x3 convolution, forward and the gradient of its input, for 4, 8, 16 or 32 channels in a group: channel o of y at
// (oy, ox) is the sum over taps (ky, kx) and channels i of o's group of weight(o, ky, kx, i) x(oy s + (ky - 1) d,
// ox s + (kx - 1) d, i), zero outside.
//
// x (N, H, W, C), y (N, (H-1)/s+1, (W-1)/s+1, C), weight (C, 3, 3, group) float, rounded to the activations' type. Branches
// of one x with dilations of their own read one halo tile; gradients of branches are summed before they are rounded. y, dx
// are overwritten, or dx is added to. With moments each block keeps count, mean and squared deviations of what it stored;
// where several blocks share a sample a second launch merges them in order.
//
// Forward reads at oy s + (ky - 1) d. The gradient reads dy at (iy + (ky - 1) d) / s with mirrored taps, where s divides
// it: so both are one kernel, which multiplies, adds, and divides by a power of two. Outputs of one parity have the same
// taps, and a warp tile has outputs of one parity.
#include "dispatch.cuh"
#include "grouped_kernels.h"
#include "grouped_pass.cuh"
#include "grouped_product.cuh"
#include "moments.cuh"

namespace {

// What a thread has seen of 8 channels, in a column of shared memory.
constexpr int SEEN = 2 * PACK + 1;

struct Seen {
  float count;
  float mean[PACK];
  float squares[PACK];

  __device__ __forceinline__ void load(const float* column) {
    count = column[0];
#pragma unroll
    for (int i = 0; i < PACK; ++i) {
      mean[i] = column[(1 + i) * GROUPED_THREADS];
      squares[i] = column[(1 + PACK + i) * GROUPED_THREADS];
    }
  }
  __device__ __forceinline__ void store(float* column) const {
    column[0] = count;
#pragma unroll
    for (int i = 0; i < PACK; ++i) {
      column[(1 + i) * GROUPED_THREADS] = mean[i];
      column[(1 + PACK + i) * GROUPED_THREADS] = squares[i];
    }
  }
  // Welford's step.
  __device__ __forceinline__ void add(const Pack& pack) {
    count += 1;
    const float share = 1 / count;
#pragma unroll
    for (int i = 0; i < PACK; ++i) {
      const float distance = pack.v[i] - mean[i];
      mean[i] += distance * share;
      squares[i] += distance * (pack.v[i] - mean[i]);
    }
  }
};

// Merges what the threads of the block have seen and writes it: moments (N, 2, C), or a part of a sample (N, parts, 3, C).
__device__ __forceinline__ void write_moments(const Pass& pass, float* seen, float* moments, int n, int part, int c) {
  const int thread = threadIdx.x;
  const int row = thread / 4;
  for (int half = GROUPED_THREADS / 8; half > 0; half /= 2) {
    __syncthreads();
    if (row < half) {
      Seen mine;
      Seen other;
      mine.load(seen + thread);
      other.load(seen + thread + half * 4);
      const float count = mine.count + other.count;
#pragma unroll
      for (int i = 0; i < PACK; ++i) {
        const Moments merged =
            merge({mine.count, mine.mean[i], mine.squares[i]}, {other.count, other.mean[i], other.squares[i]});
        mine.mean[i] = merged.mean;
        mine.squares[i] = merged.squares;
      }
      mine.count = count;
      mine.store(seen + thread);
    }
  }
  __syncthreads();
  if (thread < SLAB && c + thread < pass.C) {
    const float* column = seen + thread / PACK;
    const float mean = column[(1 + thread % PACK) * GROUPED_THREADS];
    const float squares = column[(1 + PACK + thread % PACK) * GROUPED_THREADS];
    if (pass.parts == 1) {
      float* to = moments + static_cast<long long>(n) * 2 * pass.C + c + thread;
      to[0] = mean;
      to[pass.C] = squares;
    } else {
      float* to = moments + (static_cast<long long>(n) * pass.parts + part) * 3 * pass.C + c + thread;
      to[0] = column[0];
      to[pass.C] = mean;
      to[2 * pass.C] = squares;
    }
  }
}

template <class T, int G>
KERNEL_RESIDENT(GROUPED_THREADS, sizeof(T) == 2 ? 4 : 3)
grouped_convolution_kernel(Pass pass) {
  using Sums = Product<T, G>;
  const int branches = pass.inputs * pass.outputs;
  const int tile_numbers = pass.rows * pass.columns * POSITION<T>;
  const int C = pass.C;
  const int slab = blockIdx.y * SLAB;
  const int thread = threadIdx.x;
  const int warp = thread / 32;
  const int lane = thread % 32;
  unsigned char* weights = dynamic_shared<unsigned char>();
  T* zeros = reinterpret_cast<T*>(weights + branches * Sums::WEIGHT_BYTES);
  T* tiles = zeros + POSITION<T>;
  float* seen = reinterpret_cast<float*>(tiles + pass.inputs * tile_numbers);
  for (int b = 0; b < branches; ++b) {
    Sums::stage(weights + b * Sums::WEIGHT_BYTES, pass.weight[b], slab, C, pass.transposed);
  }
  if (thread < POSITION<T>) zeros[thread] = from_float<T>(0.0f);

  const int divide = 1 << pass.shift;
  const int across = (pass.out_width + pass.tile_width - 1) / pass.tile_width;
  const int down = (pass.out_height + pass.tile_height - 1) / pass.tile_height;
  const int part = blockIdx.x % pass.parts;
  const int first_tile = static_cast<int>(static_cast<long long>(across) * down * part / pass.parts);
  const int last_tile = static_cast<int>(static_cast<long long>(across) * down * (part + 1) / pass.parts);
  const int first_sample = blockIdx.x / pass.parts * pass.samples;
  const int last_sample = min(first_sample + pass.samples, pass.N);
  const int tile_columns = pass.tile_width / (WARP_COLUMNS * divide);
  const int of_parity = tile_columns * (pass.tile_height / (WARP_ROWS * divide));
  const int warp_tiles = of_parity * divide * divide;

  for (int n = first_sample; n < last_sample; ++n) {
    if (pass.moments[0] != nullptr) {
      for (int i = 0; i < pass.outputs * SEEN; ++i) seen[i * GROUPED_THREADS + thread] = 0;
    }
    for (int tile = first_tile; tile < last_tile; ++tile) {
      const int top = tile / across * pass.tile_height;
      const int left = tile % across * pass.tile_width;
      const Region region = {(top * pass.multiply - pass.halo) >> pass.shift,
                             (left * pass.multiply - pass.halo) >> pass.shift,
                             pass.rows,
                             pass.columns,
                             pass.in_height,
                             pass.in_width};
      const long long sample = static_cast<long long>(n) * pass.in_height * pass.in_width * C + slab;
      __syncthreads();  // the tile before has been read
      for (int b = 0; b < pass.inputs; ++b) {
        load_region(tiles + b * tile_numbers, static_cast<const T*>(pass.in[b]) + sample, region, C, C - slab);
      }
      __syncthreads();
      for (int o = 0; o < pass.outputs; ++o) {
        const bool measured = pass.moments[0] != nullptr;
        Seen moments = {};
        if (measured) moments.load(seen + o * SEEN * GROUPED_THREADS + thread);
        for (int w = warp; w < warp_tiles; w += GROUPED_WARPS) {
          const int parity = w / of_parity;
          // First output of the warp tile, and its step: divide.
          const int row = w % of_parity / tile_columns * WARP_ROWS;
          const int column = w % tile_columns * WARP_COLUMNS;
          const int y = top + parity / 2;
          const int x = left + parity % 2;
          typename Sums::Sum sum = {};
          for (int i = 0; i < pass.inputs; ++i) {
            const int b = o + i;
            const int d = pass.dilation[b];
            Window window;
            window.row_step = pass.multiply * pass.columns * POSITION<T>;
            window.column_step = pass.multiply * POSITION<T>;
            window.first = static_cast<int>(tiles - zeros) + i * tile_numbers + row * window.row_step +
                           column * window.column_step;
#pragma unroll
            for (int k = 0; k < 3; ++k) {
              const int from_y = y * pass.multiply + (k - 1) * d;
              const int from_x = x * pass.multiply + (k - 1) * d;
              const bool between_y = (from_y & (divide - 1)) != 0;
              const bool between_x = (from_x & (divide - 1)) != 0;
              window.row[k] = between_y ? -1 : ((from_y >> pass.shift) - region.y) * pass.columns * POSITION<T>;
              window.column[k] = between_x ? -1 : ((from_x >> pass.shift) - region.x) * POSITION<T>;
            }
            Sums::add(sum, zeros, weights + b * Sums::WEIGHT_BYTES, window);
          }
          const int c = slab + lane % 4 * PACK;
          const int out_x = x + (column + lane / 4) * divide;
#pragma unroll
          for (int r = 0; r < WARP_ROWS; ++r) {
            Pack pack = Sums::row(sum, r);
            const int out_y = y + (row + r) * divide;
            if (out_y < pass.out_height && out_x < pass.out_width && c < C) {
              T* to = static_cast<T*>(pass.out[o]) +
                      ((static_cast<long long>(n) * pass.out_height + out_y) * pass.out_width + out_x) * C + c;
              if (pass.accumulate) {
                const Pack before = load_pack(to);
#pragma unroll
                for (int i = 0; i < PACK; ++i) pack.v[i] += before.v[i];
              }
              store_pack(to, pack);
              if (measured) {
#pragma unroll
                for (int i = 0; i < PACK; ++i) pack.v[i] = to_float(from_float<T>(pack.v[i]));
                moments.add(pack);
              }
            }
          }
        }
        if (measured) moments.store(seen + o * SEEN * GROUPED_THREADS + thread);
      }
    }
    if (pass.moments[0] != nullptr) {
      for (int o = 0; o < pass.outputs; ++o) {
        write_moments(pass, seen + o * SEEN * GROUPED_THREADS, pass.moments[o], n, part, slab);
      }
      __syncthreads();  // the next sample begins anew
    }
  }
}

// Merges the parts (N, parts, 3, C) of each sample in order.
KERNEL(GROUPED_THREADS)
grouped_convolution_moments_kernel(float* __restrict__ moments, const float* __restrict__ partial, int parts, int C) {
  const int n = blockIdx.x;
  const int c = blockIdx.y * GROUPED_THREADS + threadIdx.x;
  if (c >= C) return;
  Moments all = {0, 0, 0};
#pragma unroll 4
  for (int p = 0; p < parts; ++p) {
    const float* part = partial + (static_cast<long long>(n) * parts + p) * 3 * C + c;
    all = merge(all, {part[0], part[C], part[2 * C]});
  }
  float* to = moments + static_cast<long long>(n) * 2 * C + c;
  to[0] = all.mean;
  to[C] = all.squares;
}

// No more blocks for a sample than keep the GPU busy, nor than it has warp tiles.
int most_parts(int N, int height, int width, int C) {
  const long long samples = static_cast<long long>(N) * ceil_div(C, SLAB);
  const int wanted = static_cast<int>(max(grouped_blocks() / samples, 1LL));
  return min(wanted, ceil_div(height, WARP_ROWS) * ceil_div(width, WARP_COLUMNS));
}

// Halo tile of a tile of outputs.
int reach(const Pass& pass, int outputs) {
  return (((outputs - 1) * pass.multiply + pass.halo) >> pass.shift) - (-pass.halo >> pass.shift) + 1;
}

template <class T, int G>
int shared_bytes(const Pass& pass, const TileSize& tile) {
  const int positions = 1 + pass.inputs * reach(pass, tile.height) * reach(pass, tile.width);
  const int seen = pass.moments[0] == nullptr ? 0 : pass.outputs * SEEN * GROUPED_THREADS * 4;
  return pass.inputs * pass.outputs * Product<T, G>::WEIGHT_BYTES +
         positions * POSITION<T> * static_cast<int>(sizeof(T)) + seen;
}

// Sets the tile; false if the pass needs more shared memory than a block can have.
template <class T, int G>
bool plan(Pass& pass) {
  const int divide = 1 << pass.shift;
  // Warp tiles are computed four at a time; a position costs about as much to load as to compute.
  auto cost = [&](const TileSize& tile) {
    const int loaded = pass.inputs * reach(pass, tile.height) * reach(pass, tile.width);
    const int computed = ceil_div(tile.height * tile.width, 32 * GROUPED_WARPS) * 32 * GROUPED_WARPS;
    return static_cast<double>(loaded + pass.inputs * pass.outputs * computed);
  };
  const TileSize tile = choose_tile(pass.out_height, pass.out_width, WARP_ROWS * divide, WARP_COLUMNS * divide, cost,
                                    [&](const TileSize& size) { return shared_bytes<T, G>(pass, size); });
  if (tile.height == 0) return false;
  pass.tile_height = tile.height;
  pass.tile_width = tile.width;
  pass.rows = reach(pass, tile.height);
  pass.columns = reach(pass, tile.width);
  const int tiles = ceil_div(pass.out_height, tile.height) * ceil_div(pass.out_width, tile.width);
  // Each block stages weights: the larger they are, the fewer rounds of blocks, and the more samples for each.
  const long long rounds = SLAB / G;
  const long long samples = static_cast<long long>(pass.N) * ceil_div(pass.C, SLAB);
  pass.parts = min(most_parts(pass.N, pass.out_height, pass.out_width, pass.C), tiles);
  pass.samples = pass.parts > 1 ? 1 : ceil_div(samples, grouped_blocks() * rounds);
  return true;
}

// One launch for all branches, or false.
template <class T, int G>
bool run_together(const char* name, Pass pass, float* scratch, cudaStream_t stream) {
  if (!plan<T, G>(pass)) return false;
  const bool merged = pass.moments[0] != nullptr && pass.parts > 1;
  float* moments[GROUPED_BRANCHES] = {};
  if (merged) {
    for (int o = 0; o < pass.outputs; ++o) {
      moments[o] = pass.moments[o];
      pass.moments[o] = scratch + static_cast<long long>(o) * pass.N * pass.parts * 3 * pass.C;
    }
  }
  const dim3 grid(ceil_div(pass.N, pass.samples) * pass.parts, ceil_div(pass.C, SLAB));
  const TileSize tile = {pass.tile_height, pass.tile_width};
  launch(name, grouped_convolution_kernel<T, G>, grid, dim3(GROUPED_THREADS), shared_bytes<T, G>(pass, tile), stream,
         pass);
  for (int o = 0; merged && o < pass.outputs; ++o) {
    launch(name, grouped_convolution_moments_kernel, dim3(pass.N, ceil_div(pass.C, GROUPED_THREADS)),
           dim3(GROUPED_THREADS), 0, stream, moments[o], static_cast<const float*>(pass.moments[o]), pass.parts,
           pass.C);
  }
  return true;
}

// Branches one by one where their weights do not fit side by side.
void run(const char* name, Type type, const Pass& all, int group, float* scratch, cudaStream_t stream) {
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    dispatch_group(group, [&](auto size) {
      constexpr int G = decltype(size)::value;
      if (run_together<T, G>(name, all, scratch, stream)) return;
      for (int b = 0; b < all.inputs * all.outputs; ++b) {
        Pass one = all;
        one.inputs = 1;
        one.outputs = 1;
        one.in[0] = all.in[all.inputs == 1 ? 0 : b];
        one.out[0] = all.out[all.outputs == 1 ? 0 : b];
        one.moments[0] = all.moments[all.outputs == 1 ? 0 : b];
        one.weight[0] = all.weight[b];
        one.dilation[0] = all.dilation[b];
        one.halo = all.dilation[b];
        one.accumulate = all.accumulate || (all.inputs > 1 && b > 0);
        run_together<T, G>(name, one, scratch, stream);
      }
    });
  });
}

}  // namespace

bool grouped_convolution_supports(int in, int out, int groups, int kernel_height, int kernel_width, int stride,
                                  int dilation, int padding_height, int padding_width) {
  if (in != out || groups < 1 || in % groups != 0 || in % PACK != 0) return false;
  const int group = in / groups;
  return (group == 4 || group == 8 || group == 16 || group == 32) && kernel_height == 3 && kernel_width == 3 &&
         (stride == 1 || stride == 2) && dilation >= 1 && dilation <= 3 && padding_height == dilation &&
         padding_width == dilation;
}

long long grouped_convolution_moments_scratch(const GroupedGeometry& g, int branches) {
  const int parts = most_parts(g.N, g.out_height(), g.out_width(), g.C);
  return parts == 1 ? 0 : static_cast<long long>(branches) * g.N * parts * 3 * g.C;
}

void grouped_convolution_forward(Type type, const GroupedForward* branches, int count, const void* x, float* scratch,
                                 const GroupedGeometry& g, cudaStream_t stream) {
  Pass pass = {};
  pass.in[0] = x;
  pass.inputs = 1;
  pass.outputs = count;
  for (int b = 0; b < count; ++b) {
    pass.out[b] = branches[b].y;
    pass.weight[b] = branches[b].weight;
    pass.moments[b] = branches[b].moments;
    pass.dilation[b] = branches[b].dilation;
    pass.halo = max(pass.halo, branches[b].dilation);
  }
  pass.N = g.N;
  pass.C = g.C;
  pass.in_height = g.H;
  pass.in_width = g.W;
  pass.out_height = g.out_height();
  pass.out_width = g.out_width();
  pass.multiply = g.stride;
  run("grouped_convolution_forward", type, pass, g.group, scratch, stream);
}

void grouped_convolution_backward_data(Type type, void* dx, bool accumulate, const GroupedBackward* branches, int count,
                                       const GroupedGeometry& g, cudaStream_t stream) {
  Pass pass = {};
  pass.out[0] = dx;
  pass.inputs = count;
  pass.outputs = 1;
  for (int b = 0; b < count; ++b) {
    pass.in[b] = branches[b].dy;
    pass.weight[b] = branches[b].weight;
    pass.dilation[b] = branches[b].dilation;
    pass.halo = max(pass.halo, branches[b].dilation);
  }
  pass.N = g.N;
  pass.C = g.C;
  pass.in_height = g.out_height();
  pass.in_width = g.out_width();
  pass.out_height = g.H;
  pass.out_width = g.W;
  pass.multiply = 1;
  pass.shift = g.stride - 1;
  pass.transposed = true;
  pass.accumulate = accumulate;
  run("grouped_convolution_backward_data", type, pass, g.group, nullptr, stream);
}
