// What only the host twin offers to the Java tests: memory with guarded ends, and the order in which threads run.
#include <jni.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

#include "fibers.h"

namespace {
std::size_t page() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }
std::size_t pages(jlong bytes) { return (static_cast<std::size_t>(bytes) + page() - 1) / page() * page(); }
}  // namespace

// Memory that ends at a page which may not be touched; bytes is a multiple of 64.
extern "C" JNIEXPORT jlong JNICALL Java_dev_selkie_cuda_HostTwin_allocate(JNIEnv*, jclass, jlong bytes) {
  void* memory = mmap(nullptr, pages(bytes) + 2 * page(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 0;
  auto first = static_cast<unsigned char*>(memory);
  mprotect(first, page(), PROT_NONE);
  mprotect(first + page() + pages(bytes), page(), PROT_NONE);
  return reinterpret_cast<jlong>(first + page() + pages(bytes) - bytes);
}

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_free(JNIEnv*, jclass, jlong address, jlong bytes) {
  auto first = reinterpret_cast<unsigned char*>(address) + bytes - pages(bytes) - page();
  munmap(first, pages(bytes) + 2 * page());
}

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_schedule(JNIEnv*, jclass, jint order, jint seed) {
  fibers::schedule.order = static_cast<fibers::Order>(order);
  fibers::schedule.seed = static_cast<unsigned>(seed);
}

extern "C" JNIEXPORT jobject JNICALL Java_dev_selkie_cuda_HostTwin_view(JNIEnv* env, jclass, jlong address,
                                                                       jlong bytes) {
  return env->NewDirectByteBuffer(reinterpret_cast<void*>(address), bytes);
}
