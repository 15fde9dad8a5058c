// Selective kernels, last backward pass: for every branch, dx = a M (weight d_out + d_squeeze / P) + B x + K, where M =
// [a x + b > 0].
//
// d_out, x_m and dx_m (N, P, C); of each branch statistics (4, C) with a and b in rows 2 and 3 and coefficients (2, C) B and
// K; weights (N, M, C), d_squeeze (N, C). One read of each, one write of each dx_m: the threads of a block that take the
// same positions of different branches run side by side, and share d_out in the first-level cache.
#include "dispatch.cuh"
#include "select.cuh"
#include "select_kernels.h"

namespace {

struct Coefficients {
  Branches<const float*> statistics;
  Branches<const float*> coefficients;
  const float* weights;
  const float* d_squeeze;
  float share;  // 1 / P
};

// dx of V channels of one sample: A d_out + D where the ReLU lets through, and everywhere + B x + K.
template <int V>
struct Affine {
  Values<V> a, b, A, D, B, K;
};

template <int V>
__device__ __forceinline__ Affine<V> affine(const Coefficients& k, int n, int m, int M, int c, int C) {
  const float* statistics = of_branch(k.statistics, m) + c;
  const float* coefficients = of_branch(k.coefficients, m) + c;
  Affine<V> affine;
  affine.a = load_values<V>(statistics + 2 * C);
  affine.b = load_values<V>(statistics + 3 * C);
  affine.A = load_values<V>(k.weights + (static_cast<long long>(n) * M + m) * C + c);
  affine.D = load_values<V>(k.d_squeeze + static_cast<long long>(n) * C + c);
  affine.B = load_values<V>(coefficients);
  affine.K = load_values<V>(coefficients + C);
#pragma unroll
  for (int i = 0; i < V; ++i) {
    affine.A.v[i] *= affine.a.v[i];
    affine.D.v[i] = affine.a.v[i] * (affine.D.v[i] * k.share);
  }
  return affine;
}

// Positions whose loads are in flight together.
constexpr int AT_ONCE = 4;

template <class T, int V>
KERNEL(TILE_THREADS)
select_backward_kernel(Branches<T*> dxs, const T* __restrict__ d_out, Branches<const T*> xs, Coefficients coefficients,
                       int steps, int P, int C) {
  const int n = blockIdx.x;
  const int m = threadIdx.z;
  const int c = (blockIdx.y * blockDim.x + threadIdx.x) * V;
  if (c >= C) return;
  const Affine<V> k = affine<V>(coefficients, n, m, blockDim.z, c, C);
  const T* x = of_branch(xs, m);
  T* dx = of_branch(dxs, m);
  const int first = blockIdx.z * blockDim.y * steps + threadIdx.y;
  const int last = min(P, static_cast<int>((blockIdx.z + 1) * blockDim.y * steps));
  const int own_steps = steps_between(first, last, blockDim.y);
  const long long start = (static_cast<long long>(n) * P + first) * C + c;
  const long long stride = static_cast<long long>(blockDim.y) * C;
  for (int step = 0; step < own_steps; step += AT_ONCE) {
    // All loads before the first store, which the compiler could not move them across.
    Values<V> g[AT_ONCE];
    Values<V> value[AT_ONCE];
#pragma unroll
    for (int u = 0; u < AT_ONCE; ++u) {
      const long long at = start + min(step + u, own_steps - 1) * stride;
      g[u] = load_values<V>(d_out + at);
      value[u] = load_values<V>(x + at);
    }
#pragma unroll
    for (int u = 0; u < AT_ONCE; ++u) {
      if (step + u >= own_steps) break;
#pragma unroll
      for (int i = 0; i < V; ++i) {
        const float before = normed(k.a.v[i], value[u].v[i], k.b.v[i]);
        const float through = passes(before) ? k.A.v[i] * g[u].v[i] + k.D.v[i] : 0.0f;
        value[u].v[i] = through + (k.B.v[i] * value[u].v[i] + k.K.v[i]);
      }
      store_values<V>(dx + start + (step + u) * stride, value[u]);
    }
  }
}

template <class T, int V>
void run(const Branches<T*>& dxs, const T* d_out, const Branches<const T*>& xs, const Coefficients& k, int M, int N,
         int P, int C, cudaStream_t stream) {
  const ChannelTile tile = ChannelTile::of(C, V);
  const int tiles = tile.tiles(C, V);
  // Three branches leave a quarter of the block's threads out: rows are a power of two.
  const int rows = tile.rows() / (M == MAX_BRANCHES ? 4 : M);
  const Pieces pieces = Pieces::of(N, tiles, P, rows);
  launch("select_backward", select_backward_kernel<T, V>, dim3(N, tiles, pieces.count), dim3(tile.lanes, rows, M), 0,
         stream, dxs, d_out, xs, k, pieces.steps, P, C);
}

}  // namespace

void select_backward(Type type, const Branches<void*>& dxs, const void* d_out, const Branches<const void*>& xs,
                     const Branches<const float*>& statistics, const Branches<const float*>& coefficients,
                     const float* weights, const float* d_squeeze, int M, int N, int P, int C, cudaStream_t stream) {
  require_branches(M);
  const Coefficients k = {statistics, coefficients, weights, d_squeeze, 1.0f / P};
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    const auto pass = C % PACK == 0 ? run<T, PACK> : run<T, 1>;
    pass(typed<T*>(dxs), static_cast<const T*>(d_out), typed<const T*>(xs), k, M, N, P, C, stream);
  });
}
