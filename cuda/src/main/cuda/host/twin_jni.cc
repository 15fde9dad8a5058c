// What only the host twin offers to the Java tests: memory with guarded ends, the order in which threads run, and a journal
// of launches that are not run.
#include <jni.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "fibers.h"
#include "journal.h"

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

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_journal(JNIEnv*, jclass, jboolean open) {
  journal::open = open;
  journal::entries.clear();
}

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_note(JNIEnv* env, jclass, jstring what, jlong a, jlong b,
                                                                    jlong c, jlong d) {
  const char* name = env->GetStringUTFChars(what, nullptr);
  journal::took(name, a, b, c, d);
  env->ReleaseStringUTFChars(what, name);
}

// One line for each entry since the last call: the name, a tab, and the words in hexadecimal.
extern "C" JNIEXPORT jstring JNICALL Java_dev_selkie_cuda_HostTwin_entries(JNIEnv* env, jclass) {
  std::string lines;
  for (const journal::Entry& entry : journal::entries) {
    lines += entry.name + '\t';
    for (std::uint64_t word : entry.words) {
      char text[20];
      std::snprintf(text, sizeof text, "%llx ", static_cast<unsigned long long>(word));
      lines += text;
    }
    lines += '\n';
  }
  journal::entries.clear();
  return env->NewStringUTF(lines.c_str());
}
