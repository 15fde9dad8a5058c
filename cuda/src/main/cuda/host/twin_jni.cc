// What only the host twin offers to the Java tests: the order in which threads run, a journal of launches that are not
// run, and the numbers that both sides have.
#include <jni.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

#include "../kernels.h"
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

extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_HostTwin_note(JNIEnv* env, jclass, jstring what, jlong a,
                                                                     jlong b, jlong c, jlong d) {
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

// -1 for what is not known here.
extern "C" JNIEXPORT jdouble JNICALL Java_dev_selkie_cuda_HostTwin_number(JNIEnv* env, jclass, jstring what) {
#define CODE(of, name) \
  { #of "." #name, static_cast < double>(of::name) }
#define PLACE(name) \
  { "StepState." #name, static_cast<double>(offsetof(StepState, name)) }
  static const std::map<std::string, double> numbers = {
      {"NORM_EPSILON", NORM_EPSILON},
      {"NORM_MOMENTUM", NORM_MOMENTUM},
      {"sizeof StepState", sizeof(StepState)},
      PLACE(loss_scale),
      PLACE(skipped),
      CODE(Type, FLOAT32),
      CODE(Type, BFLOAT16),
      CODE(Type, FLOAT16),
      CODE(Gate, SIGMOID),
      CODE(Gate, TANH),
      CODE(Gate, RELU),
      CODE(Activation, NONE),
      CODE(Activation, RELU),
      CODE(Activation, SIGMOID),
  };
#undef CODE
#undef PLACE
  const char* name = env->GetStringUTFChars(what, nullptr);
  const auto found = numbers.find(name);
  env->ReleaseStringUTFChars(what, name);
  return found == numbers.end() ? -1 : found->second;
}
