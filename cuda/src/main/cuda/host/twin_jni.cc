// What only the host twin offers to the Java tests: the order in which threads run, and a journal of launches that are not
// run.
#include <jni.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "fibers.h"
#include "journal.h"

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_schedule(JNIEnv*, jclass, jint order, jint seed) {
  fibers::schedule.order = static_cast<fibers::Order>(order);
  fibers::schedule.seed = static_cast<unsigned>(seed);
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
