// The only header that knows the compiler. Under nvcc it is thin CUDA. Under a host compiler every CUDA thread is a
// fiber (host/fibers.h), so that the same kernel text runs, and is tested, on a machine without a GPU.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

// ---- what kernels are written in ------------------------------------------------------------------------------
//
//   KERNEL(threads) name(...)             a kernel that is launched with at most so many threads in a block
//   KERNEL_RESIDENT(threads, blocks)      likewise, with registers few enough for so many blocks on a multiprocessor
//   SHARED(type, name, count)             static shared memory
//   dynamic_shared<type>()                what the launch asked for
//   launch("name", kernel, grid, block, shared bytes, stream, arguments...)
//   launch_cooperative(...)               likewise without dynamic shared memory, all blocks at once: the kernel may
//                                         call GRID_BARRIER()
//   multiprocessors()                     of the device
//   cooperative_blocks(kernel, threads)   how many blocks such a launch may have
//   bfloat16, float16, to_float, from_float<T>, load_matrices, mma_16x8x16

#ifdef __CUDACC__

#include <cooperative_groups.h>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

#define KERNEL(threads) __global__ void __launch_bounds__(threads, 1)
#define KERNEL_RESIDENT(threads, blocks) __global__ void __launch_bounds__(threads, blocks)
#define SHARED(type, name, count) __shared__ type name[count]

template <class T>
__device__ __forceinline__ T* dynamic_shared() {
  extern __shared__ __align__(16) unsigned char dynamic_shared_memory[];
  return reinterpret_cast<T*>(dynamic_shared_memory);
}

#define GRID_BARRIER() cooperative_groups::this_grid().sync()

inline void require(cudaError_t error, const char* what) {
  if (error != cudaSuccess) {
    throw std::runtime_error(std::string(what) + ": " + cudaGetErrorString(error));
  }
}

// Multiprocessors that a launcher shares work out to, where the number of blocks is its own choice: those of the device
// that is current when it is first asked, since scratch and launch must agree.
inline int multiprocessors() {
  static const int count = [] {
    int device = 0;
    int processors = 0;
    require(cudaGetDevice(&device), "cudaGetDevice");
    require(cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute");
    return processors;
  }();
  return count;
}

namespace launching {
template <class... P, class... A>
void launch(const char* name, void (*kernel)(P...), dim3 grid, dim3 block, std::size_t shared, cudaStream_t stream,
            bool cooperative, A... arguments) {
  cudaLaunchAttribute attribute = {};
  attribute.id = cudaLaunchAttributeCooperative;
  attribute.val.cooperative = 1;
  cudaLaunchConfig_t config = {};
  config.gridDim = grid;
  config.blockDim = block;
  config.dynamicSmemBytes = shared;
  config.stream = stream;
  config.attrs = &attribute;
  config.numAttrs = cooperative ? 1 : 0;
  // More than this a block gets only if the kernel is marked.
  if (shared > 48 << 10) {
    require(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(shared)), name);
  }
  require(cudaLaunchKernelEx(&config, kernel, static_cast<P>(arguments)...), name);
}
}  // namespace launching

template <class K, class... A>
void launch(const char* name, K kernel, dim3 grid, dim3 block, std::size_t shared, cudaStream_t stream,
            A... arguments) {
  launching::launch(name, kernel, grid, block, shared, stream, false, arguments...);
}

template <class K, class... A>
void launch_cooperative(const char* name, K kernel, dim3 grid, dim3 block, cudaStream_t stream, A... arguments) {
  launching::launch(name, kernel, grid, block, 0, stream, true, arguments...);
}

// As many blocks as can be resident at once on the current device.
template <class K>
int cooperative_blocks(K kernel, int threads) {
  int resident = 0;
  require(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, kernel, threads, 0), "occupancy");
  return multiprocessors() * resident;
}

#else
#include "host/device_host.h"
#endif

// ---- numbers of 16 bits ---------------------------------------------------------------------------------------

struct bfloat16 {
  std::uint16_t bits;
};
struct float16 {
  std::uint16_t bits;
};

#ifdef __CUDACC__
__device__ __forceinline__ float to_float(bfloat16 v) { return __uint_as_float(static_cast<unsigned>(v.bits) << 16); }
__device__ __forceinline__ float to_float(float16 v) { return __half2float(__ushort_as_half(v.bits)); }
template <class T>
__device__ __forceinline__ T from_float(float v);
template <>
__device__ __forceinline__ bfloat16 from_float<bfloat16>(float v) {
  return {__bfloat16_as_ushort(__float2bfloat16_rn(v))};
}
template <>
__device__ __forceinline__ float16 from_float<float16>(float v) {
  return {__half_as_ushort(__float2half_rn(v))};
}
#else
#include "host/half_host.h"
inline float to_float(bfloat16 v) { return host::bfloat16_to_float(v.bits); }
inline float to_float(float16 v) { return host::float16_to_float(v.bits); }
template <class T>
T from_float(float v);
template <>
inline bfloat16 from_float<bfloat16>(float v) {
  return {host::float_to_bfloat16(v)};
}
template <>
inline float16 from_float<float16>(float v) {
  return {host::float_to_float16(v)};
}
#endif
__device__ __forceinline__ float to_float(float v) { return v; }
template <>
__device__ __forceinline__ float from_float<float>(float v) {
  return v;
}

// ---- tensor cores ---------------------------------------------------------------------------------------------

// D = A B + D for a warp, A 16x16 and B 16x8 of T, D 16x8 of float, in the fragment layout of mma.sync.m16n8k16:
// with group = lane / 4 and pair = lane % 4 * 2, a[0] holds A(group, pair..pair+1), a[1] A(group+8, pair..), a[2]
// A(group, pair+8..), a[3] A(group+8, pair+8..); b[0] holds B(pair..pair+1, group), b[1] B(pair+8.., group); d[0..1]
// are D(group, pair..pair+1) and d[2..3] D(group+8, pair..). The lower half of a word is the first of two.
template <class T>
__device__ __forceinline__ void mma_16x8x16(float (&d)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]);

// Reads COUNT (2 or 4) matrices of 8 rows of 8 numbers of 16 bits from shared memory, by a warp: lane 8 i + r says where
// row r of matrix i lies, on 16 bytes. With group and pair as above words[i] gets (group, pair..pair+1) of matrix i, or
// transposed (pair..pair+1, group).
template <int COUNT, bool TRANSPOSED>
__device__ __forceinline__ void load_matrices(std::uint32_t (&words)[COUNT], const void* row);

#ifdef __CUDACC__
template <int COUNT, bool TRANSPOSED>
__device__ __forceinline__ void load_matrices(std::uint32_t (&words)[COUNT], const void* row) {
  static_assert(COUNT == 2 || COUNT == 4, "two matrices or four");
  const unsigned at = static_cast<unsigned>(__cvta_generic_to_shared(row));
  if constexpr (COUNT == 4 && TRANSPOSED) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
                 : "r"(at)
                 : "memory");
  } else if constexpr (COUNT == 4) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
                 : "r"(at)
                 : "memory");
  } else if constexpr (TRANSPOSED) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0,%1}, [%2];"
                 : "=r"(words[0]), "=r"(words[1])
                 : "r"(at)
                 : "memory");
  } else {
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.shared.b16 {%0,%1}, [%2];"
                 : "=r"(words[0]), "=r"(words[1])
                 : "r"(at)
                 : "memory");
  }
}

#define SELKIE_MMA(T, NAME)                                                                \
  template <>                                                                              \
  __device__ __forceinline__ void mma_16x8x16<T>(float(&d)[4], const std::uint32_t(&a)[4], \
                                                 const std::uint32_t(&b)[2]) {             \
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32." NAME "." NAME                    \
                 ".f32 "                                                                   \
                 "{%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"                   \
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])                          \
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));      \
  }
SELKIE_MMA(bfloat16, "bf16")
SELKIE_MMA(float16, "f16")
#undef SELKIE_MMA
#else
template <int COUNT, bool TRANSPOSED>
inline void load_matrices(std::uint32_t (&words)[COUNT], const void* row) {
  host::load_matrices<COUNT, TRANSPOSED>(words, row);
}
template <class T>
inline void mma_16x8x16(float (&d)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]) {
  host::mma<T>(d, a, b);
}
#endif
