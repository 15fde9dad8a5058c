// A GPU that is not there, for tests: NVIDIA's libraries by their names, so that Selkie's own code runs unchanged down to
// the last call. Memory is the host's, between pages that may not be touched. A stream's work waits in a queue until
// somebody waits for it (STAND_IN_ORDER=late, the default), or is done when it is asked for (early): what has
// forgotten to wait goes wrong in one of the two. A graph keeps the work with the arguments that it was recorded with.
//
// What CUDA forbids is refused with CUDA's number, and said on standard error. STAND_IN_BYTES says how much memory there
// is, STAND_IN_FAILS_AT which piece of work is to fail, as a lost device does. It measures nothing.
//
//   driver.cc    libcuda.so.1      and the queue behind all of it: streams.cc, memory.cc
//   cublas.cc    libcublas.so.13   reached through the forwarder
//   cudnn.cc     libcudnn.so.9     descriptors and the choice of algorithms; convolution.cc does the sums
//
// This header is what the last two, and the kernels' host twin, know of the first.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

extern "C" {
// Puts work on a stream: run(work) whenever its turn comes, drop(work) when nobody can ask for it again.
void stand_in_submit(void* stream, const char* name, void (*run)(void*), void (*drop)(void*), void* work);
// Whether so many bytes from there on are device memory.
bool stand_in_covers(const void* from, std::size_t bytes);
bool stand_in_records(void* stream);
// Does all that waits on all streams.
void stand_in_finish();
// Says what was done wrong; what the device did since is void, and every later call fails.
void stand_in_fault(const char* what);
// Says why a call is refused.
void stand_in_refuse(const char* what);
}

namespace stand_in {

inline void submit(void* stream, const char* name, std::function<void()> work) {
  using Work = std::function<void()>;
  stand_in_submit(
      stream, name, [](void* w) { (*static_cast<Work*>(w))(); }, [](void* w) { delete static_cast<Work*>(w); },
      new Work(std::move(work)));
}

inline int refuse(int code, const char* what) {
  stand_in_refuse(what);
  return code;
}

}  // namespace stand_in
