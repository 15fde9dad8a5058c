// For what touches each value alone: a thread takes a pack wherever it lies, and the last pack may be short. Ops are
// structs with operator()(first index, how many).
#pragma once

#include "dispatch.cuh"
#include "pack.cuh"

constexpr int FLAT_THREADS = 256;

template <class T>
__device__ __forceinline__ Pack load_up_to(const T* p, int count) {
  return count == PACK ? load_pack(p) : load_some(p, count);
}

template <class T>
__device__ __forceinline__ void store_up_to(T* p, const Pack& pack, int count) {
  if (count == PACK) {
    store_pack(p, pack);
  } else {
    store_some(p, pack, count);
  }
}

template <class Op>
KERNEL(FLAT_THREADS)
flat_kernel(Op op, long long count) {
  const long long i = (static_cast<long long>(blockIdx.x) * FLAT_THREADS + threadIdx.x) * PACK;
  if (i < count) op(i, count - i < PACK ? static_cast<int>(count - i) : PACK);
}

template <class Op>
void launch_flat(const char* name, const Op& op, long long count, cudaStream_t stream) {
  launch(name, flat_kernel<Op>, dim3(ceil_div(count, FLAT_THREADS * PACK)), dim3(FLAT_THREADS), 0, stream, op, count);
}
