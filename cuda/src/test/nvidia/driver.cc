// libcuda.so.1: the functions of CUDA's driver API that Selkie calls, by the names under which they are exported.
#include <dlfcn.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "device.h"
#include "memory.h"
#include "streams.h"

using namespace stand_in;

namespace {

const char NAME[] = "stand-in for a GPU";
constexpr int ATTRIBUTE_MAJOR = 75;
constexpr int ATTRIBUTE_MINOR = 76;

struct Context {
  int retained = 0;
} primary;
bool initialized = false;
// Each thread has its own, and none to begin with.
thread_local Context* current = nullptr;

struct Executable {
  std::vector<Task> tasks;
};

// The kernels' host twin looks for stand_in_submit among the names that all can see; JNI loads libraries unseen.
__attribute__((constructor)) void be_seen() {
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&be_seen), &self) != 0) {
    dlopen(self.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_GLOBAL);
  }
}

int refuse(Result result, const char* call, const char* why) {
  return stand_in::refuse(result, (std::string(call) + " " + why).c_str());
}

// What stands before every call: 0, or why it cannot be.
int usable(const char* call) {
  if (lost() != SUCCESS) return lost();
  if (!initialized) return refuse(NOT_INITIALIZED, call, "comes before cuInit");
  if (current == nullptr) return refuse(INVALID_CONTEXT, call, "is called by a thread that has no current context");
  return SUCCESS;
}

// Likewise, for what may not be called while this thread records a stream.
int usable_outside_capture(const char* call) {
  if (recording() != nullptr) {
    recording()->spoilt = true;
    return refuse(CAPTURE_UNSUPPORTED, call, "is called while a graph is recorded");
  }
  return usable(call);
}

int usable(const char* call, const Stream* stream) {
  int result = usable(call);
  if (result == SUCCESS && !known(stream)) return refuse(INVALID_HANDLE, call, "is given a stream that does not exist");
  return result;
}

// Device memory that work will read or write: looked at when it is done, as a GPU would.
void require_device(const char* call, const void* from, std::size_t bytes) {
  if (!device_memory().covers(from, bytes)) {
    lose(ILLEGAL_ADDRESS, std::string(call) + " goes beyond device memory");
  }
}

int work(const char* call, Stream* stream, std::function<void()> run) {
  int result = usable(call, stream);
  if (result == SUCCESS) submit(stream, {call, std::move(run)});
  return result;
}

using Held = std::lock_guard<std::recursive_mutex>;
void* pointer(std::uint64_t address) { return reinterpret_cast<void*>(address); }

}  // namespace

extern "C" {

// ---- device and context ---------------------------------------------------------------------------------------

int cuInit(unsigned) {
  initialized = true;
  return SUCCESS;
}

int cuDeviceGet(int* device, int ordinal) {
  if (!initialized) return NOT_INITIALIZED;
  if (ordinal != 0) return INVALID_DEVICE;
  *device = 0;
  return SUCCESS;
}

int cuDeviceGetName(char* name, int length, int) {
  if (length < static_cast<int>(sizeof NAME)) return INVALID_VALUE;
  std::memcpy(name, NAME, sizeof NAME);
  return SUCCESS;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
  if (attribute != ATTRIBUTE_MAJOR && attribute != ATTRIBUTE_MINOR) return INVALID_VALUE;
  *value = attribute == ATTRIBUTE_MAJOR ? 9 : 0;
  return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** context, int) {
  Held held(lock());
  if (!initialized) return NOT_INITIALIZED;
  ++primary.retained;
  *context = &primary;
  return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int) {
  Held held(lock());
  if (primary.retained == 0) return refuse(INVALID_CONTEXT, "cuDevicePrimaryCtxRelease", "has nothing to release");
  if (--primary.retained == 0 && lost() == SUCCESS && device_memory().blocks() + pinned_memory().blocks() > 0) {
    lose(INVALID_CONTEXT, "the context is released while " + std::to_string(device_memory().blocks()) + " blocks of " +
                              "device memory and " + std::to_string(pinned_memory().blocks()) +
                              " of pinned memory were not freed");
  }
  return SUCCESS;
}

int cuCtxSetCurrent(void* context) {
  if (context != nullptr && context != &primary) return INVALID_CONTEXT;
  current = static_cast<Context*>(context);
  return SUCCESS;
}

// ---- memory ---------------------------------------------------------------------------------------------------

int cuMemAlloc_v2(std::uint64_t* address, std::size_t bytes) {
  Held held(lock());
  int result = usable_outside_capture("cuMemAlloc");
  if (result != SUCCESS) return result;
  if (bytes == 0) return INVALID_VALUE;
  if (bytes > device_bytes() - device_memory().used()) return OUT_OF_MEMORY;
  *address = reinterpret_cast<std::uint64_t>(device_memory().allocate(bytes));
  return *address == 0 ? OUT_OF_MEMORY : SUCCESS;
}

// CUDA waits for the device before it frees.
int cuMemFree_v2(std::uint64_t address) {
  Held held(lock());
  int result = usable_outside_capture("cuMemFree");
  if (result != SUCCESS) return result;
  finish_all();
  return device_memory().free(pointer(address)) ? SUCCESS
                                                : refuse(INVALID_VALUE, "cuMemFree", "frees what was not allocated");
}

int cuMemGetInfo_v2(std::size_t* free, std::size_t* total) {
  Held held(lock());
  int result = usable("cuMemGetInfo");
  *total = device_bytes();
  *free = *total - device_memory().used();
  return result;
}

int cuMemHostAlloc(void** address, std::size_t bytes, unsigned) {
  Held held(lock());
  int result = usable_outside_capture("cuMemHostAlloc");
  if (result != SUCCESS) return result;
  if (bytes == 0) return INVALID_VALUE;
  *address = pinned_memory().allocate(bytes);
  return *address == nullptr ? OUT_OF_MEMORY : SUCCESS;
}

int cuMemFreeHost(void* address) {
  Held held(lock());
  int result = usable_outside_capture("cuMemFreeHost");
  if (result != SUCCESS) return result;
  finish_all();
  return pinned_memory().free(address) ? SUCCESS
                                       : refuse(INVALID_VALUE, "cuMemFreeHost", "frees what was not allocated");
}

int cuMemsetD8Async(std::uint64_t address, unsigned char value, std::size_t bytes, Stream* stream) {
  Held held(lock());
  return work("cuMemsetD8Async", stream, [=] {
    require_device("cuMemsetD8Async", pointer(address), bytes);
    if (lost() == SUCCESS) Memory::fill(pointer(address), value, bytes);
  });
}

int cuMemcpyDtoDAsync_v2(std::uint64_t to, std::uint64_t from, std::size_t bytes, Stream* stream) {
  Held held(lock());
  return work("cuMemcpyDtoDAsync", stream, [=] {
    require_device("cuMemcpyDtoDAsync", pointer(to), bytes);
    require_device("cuMemcpyDtoDAsync", pointer(from), bytes);
    if (lost() == SUCCESS) std::memmove(pointer(to), pointer(from), bytes);
  });
}

// Pinned memory is read when the copy's turn comes; what is not pinned CUDA has read when the call returns.
int cuMemcpyHtoDAsync_v2(std::uint64_t to, const void* from, std::size_t bytes, Stream* stream) {
  Held held(lock());
  std::string read;
  const bool pinned = pinned_memory().covers(from, bytes);
  if (!pinned) read.assign(static_cast<const char*>(from), bytes);
  return work("cuMemcpyHtoDAsync", stream, [=] {
    require_device("cuMemcpyHtoDAsync", pointer(to), bytes);
    if (lost() == SUCCESS) std::memcpy(pointer(to), pinned ? from : read.data(), bytes);
  });
}

int cuMemcpyDtoHAsync_v2(void* to, std::uint64_t from, std::size_t bytes, Stream* stream) {
  Held held(lock());
  const bool pinned = pinned_memory().covers(to, bytes);
  int result = work("cuMemcpyDtoHAsync", stream, [=] {
    require_device("cuMemcpyDtoHAsync", pointer(from), bytes);
    if (lost() == SUCCESS) std::memcpy(to, pointer(from), bytes);
  });
  if (result == SUCCESS && !pinned) finish(stream);
  return result;
}

// ---- streams and events ---------------------------------------------------------------------------------------

int cuStreamCreate(Stream** stream, unsigned) {
  Held held(lock());
  int result = usable("cuStreamCreate");
  if (result == SUCCESS) *stream = create_stream();
  return result;
}

int cuStreamDestroy_v2(Stream* stream) {
  Held held(lock());
  int result = usable("cuStreamDestroy", stream);
  if (result == SUCCESS) destroy(stream);
  return result;
}

int cuStreamSynchronize(Stream* stream) {
  Held held(lock());
  int result = usable("cuStreamSynchronize", stream);
  if (result != SUCCESS) return result;
  if (stream->recorded) {
    stream->spoilt = true;
    return refuse(CAPTURE_UNSUPPORTED, "cuStreamSynchronize", "waits for a stream that is recorded");
  }
  finish(stream);
  return lost();
}

int cuEventCreate(Event** event, unsigned) {
  int result = usable("cuEventCreate");
  if (result == SUCCESS) *event = new Event;
  return result;
}

int cuEventDestroy_v2(Event* event) {
  delete event;
  return SUCCESS;
}

int cuEventRecord(Event* event, Stream* stream) {
  Held held(lock());
  int result = usable("cuEventRecord", stream);
  if (result == SUCCESS) record(event, stream);
  return result;
}

int cuEventSynchronize(Event* event) {
  Held held(lock());
  int result = usable_outside_capture("cuEventSynchronize");
  if (result != SUCCESS) return result;
  if (event->captured) return CAPTURED_EVENT;
  reach(event->mark);
  return lost();
}

int cuStreamWaitEvent(Stream* stream, Event* event, unsigned) {
  Held held(lock());
  int result = usable("cuStreamWaitEvent", stream);
  if (result != SUCCESS) return result;
  if (stream->recorded && !event->captured) {
    stream->spoilt = true;
    return refuse(CAPTURE_ISOLATION, "cuStreamWaitEvent", "waits in a graph for what does not belong to it");
  }
  if (!event->captured) wait(stream, event->mark);
  return SUCCESS;
}

// ---- graphs ---------------------------------------------------------------------------------------------------

int cuStreamBeginCapture_v2(Stream* stream, int) {
  Held held(lock());
  int result = usable("cuStreamBeginCapture", stream);
  if (result != SUCCESS) return result;
  if (stream->recorded) return ILLEGAL_STATE;
  begin_recording(stream);
  return SUCCESS;
}

int cuStreamEndCapture(Stream* stream, Graph** graph) {
  Held held(lock());
  int result = usable("cuStreamEndCapture", stream);
  if (result != SUCCESS) return result;
  if (!stream->recorded) return ILLEGAL_STATE;
  if (recording() != stream) return CAPTURE_WRONG_THREAD;
  const bool spoilt = stream->spoilt;
  *graph = end_recording(stream).release();
  if (!spoilt) return SUCCESS;
  delete *graph;
  *graph = nullptr;
  return CAPTURE_INVALIDATED;
}

int cuGraphInstantiateWithFlags(Executable** executable, Graph* graph, unsigned long long) {
  Held held(lock());
  int result = usable("cuGraphInstantiate");
  if (result == SUCCESS) *executable = new Executable{graph->tasks};
  return result;
}

int cuGraphDestroy(Graph* graph) {
  delete graph;
  return SUCCESS;
}

int cuGraphLaunch(Executable* executable, Stream* stream) {
  Held held(lock());
  int result = usable("cuGraphLaunch", stream);
  for (const Task& task : executable->tasks) {
    if (result == SUCCESS) submit(stream, task);
  }
  return result;
}

int cuGraphExecDestroy(Executable* executable) {
  delete executable;
  return SUCCESS;
}

}  // extern "C"
