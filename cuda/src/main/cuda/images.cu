// Images of bytes to a network's input: crop or shift, mirror, normalise, pad channels with zeros.
// y(n, h, w, c) = (byte / 255 - mean(c)) / deviation(c) of the byte at row top(n) + h, column left(n) + w, counted from the
// right where mirrored; outside of the image the byte is 0, so that a shift lets black in.
//
// bytes (N, H, W, 1 or 3), y (N, P, Q, D), D >= C; grey is repeated into C = 3 channels. One thread for a pixel.
#include "flat.cuh"

namespace {

// D values of a pixel that starts at a multiple of D.
template <class T>
__device__ __forceinline__ void store_pixel(T* p, const Pack& pixel, int D) {
  if (D == PACK) {
    store_pack(p, pixel);
  } else if (D == PACK / 2 && sizeof(T) == 2) {
    unsigned word[2];
#pragma unroll
    for (int i = 0; i < 2; ++i) {
      T pair[2] = {from_float<T>(pixel.v[2 * i]), from_float<T>(pixel.v[2 * i + 1])};
      memcpy(&word[i], pair, sizeof pair);
    }
    require_aligned(p, sizeof(uint2));
    *reinterpret_cast<uint2*>(p) = make_uint2(word[0], word[1]);
  } else {
    store_some(p, pixel, D);
  }
}

template <class T>
KERNEL(FLAT_THREADS)
images_kernel(T* __restrict__ y, const std::uint8_t* __restrict__ bytes, const int* __restrict__ top,
              const int* __restrict__ left, const std::uint8_t* __restrict__ mirrored, ImageGeometry g,
              long long count) {
  const long long i = static_cast<long long>(blockIdx.x) * FLAT_THREADS + threadIdx.x;
  if (i >= count) return;
  const int column = static_cast<int>(i % g.Q);
  const int row = static_cast<int>(i / g.Q % g.P);
  const int n = static_cast<int>(i / g.Q / g.P);
  const int h = row + (top == nullptr ? 0 : top[n]);
  int w = column + (left == nullptr ? 0 : left[n]);
  const bool inside = h >= 0 && h < g.H && w >= 0 && w < g.W;
  if (mirrored != nullptr && mirrored[n]) w = g.W - 1 - w;
  const std::uint8_t* source = bytes + ((static_cast<long long>(n) * g.H + h) * g.W + w) * g.channels;
  Pack pixel = {};
#pragma unroll
  for (int c = 0; c < 3; ++c) {
    if (c >= g.C) continue;
    const int from = g.channels == 1 ? 0 : c;
    const float value = inside ? static_cast<float>(source[from]) : 0.0f;
    pixel.v[c] = (value / 255 - g.mean[from]) / g.deviation[from];
  }
  store_pixel(y + i * g.D, pixel, g.D);
}

}  // namespace

void images(Type type, void* y, const std::uint8_t* bytes, const int* top, const int* left,
            const std::uint8_t* mirrored, const ImageGeometry& g, int N, cudaStream_t stream) {
  const long long count = static_cast<long long>(N) * g.P * g.Q;
  dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    launch("images", images_kernel<T>, dim3(ceil_div(count, FLAT_THREADS)), dim3(FLAT_THREADS), 0, stream,
           static_cast<T*>(y), bytes, top, left, mirrored, g, count);
  });
}
