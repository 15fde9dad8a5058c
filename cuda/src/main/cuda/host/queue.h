// Where launches wait their turn. Without a stream a launch runs at once; a stream belongs to the stand-in for a GPU
// that the Java tests load (src/test/nvidia), which exports the one function that is looked for here.
#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace queue {

template <class Work>
void submit(const char* name, void* stream, Work work) {
  if (stream == nullptr) {
    work();
    return;
  }
  using Submit = void(void*, const char*, void (*)(void*), void (*)(void*), void*);
  auto device = reinterpret_cast<Submit*>(dlsym(RTLD_DEFAULT, "stand_in_submit"));
  if (device == nullptr) throw std::runtime_error(std::string(name) + " has a stream, but there is no device");
  device(
      stream, name, [](void* w) { (*static_cast<Work*>(w))(); }, [](void* w) { delete static_cast<Work*>(w); },
      new Work(work));
}

}  // namespace queue
