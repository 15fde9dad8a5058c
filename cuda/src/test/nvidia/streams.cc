#include "streams.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>

#include "device.h"

namespace stand_in {
namespace {

std::set<Stream*> streams;
thread_local Stream* recorded_here = nullptr;
Result gone = SUCCESS;

bool asked_for_early() {
  const char* order = std::getenv("STAND_IN_ORDER");
  return order != nullptr && std::string(order) == "early";
}
bool early = asked_for_early();

// STAND_IN_FAILS_AT: the how manieth piece of work kills the device.
long failing() {
  const char* at = std::getenv("STAND_IN_FAILS_AT");
  return at == nullptr ? 0 : std::strtol(at, nullptr, 10);
}
long until_failure = failing();

// What the kernels' host twin finds wrong, it throws; no exception may pass through JNI.
void run(const Task& task) {
  if (gone != SUCCESS) return;
  if (until_failure > 0 && --until_failure == 0) {
    lose(ILLEGAL_ADDRESS, task.name + " was to fail");
    return;
  }
  try {
    task.run();
  } catch (const std::exception& e) {
    lose(LAUNCH_FAILED, task.name + ": " + e.what());
  }
}

void run_until(Stream* stream, const Mark* mark) {
  while (!stream->waiting.empty() && (mark == nullptr || !mark->reached)) {
    Task next = std::move(stream->waiting.front());
    stream->waiting.pop_front();
    run(next);
  }
}

}  // namespace

std::recursive_mutex& lock() {
  static std::recursive_mutex all;
  return all;
}

Result lost() { return gone; }

void lose(Result how, const std::string& what) {
  std::fprintf(stderr, "stand-in for a GPU: %s\n", what.c_str());
  if (gone == SUCCESS) gone = how;
}

Stream* create_stream() { return *streams.insert(new Stream).first; }

bool known(const Stream* stream) { return streams.count(const_cast<Stream*>(stream)) > 0; }

void destroy(Stream* stream) {
  finish(stream);
  if (recorded_here == stream) recorded_here = nullptr;
  streams.erase(stream);
  delete stream;
}

Stream* recording() { return recorded_here; }

void submit(Stream* stream, Task task) {
  if (stream->recorded) {
    stream->recorded->tasks.push_back(std::move(task));
    return;
  }
  stream->waiting.push_back(std::move(task));
  if (early) finish(stream);
}

void finish(Stream* stream) { run_until(stream, nullptr); }

void finish_all() {
  for (Stream* stream : streams) finish(stream);
}

void record(Event* event, Stream* stream) {
  event->captured = stream->recorded != nullptr;
  if (event->captured) return;
  auto mark = std::make_shared<Mark>(Mark{stream, false});
  event->mark = mark;
  submit(stream, {"event", [mark] { mark->reached = true; }});
}

void reach(const std::shared_ptr<Mark>& mark) {
  if (mark != nullptr && !mark->reached) run_until(mark->stream, mark.get());
}

void wait(Stream* stream, const std::shared_ptr<Mark>& mark) {
  if (mark != nullptr) submit(stream, {"wait for an event", [mark] { reach(mark); }});
}

void begin_recording(Stream* stream) {
  stream->recorded = std::make_unique<Graph>();
  stream->spoilt = false;
  recorded_here = stream;
}

std::unique_ptr<Graph> end_recording(Stream* stream) {
  recorded_here = nullptr;
  return std::move(stream->recorded);
}

}  // namespace stand_in

// ---- for the other libraries ----------------------------------------------------------------------------------

using namespace stand_in;

extern "C" void stand_in_submit(void* stream, const char* name, void (*run)(void*), void (*drop)(void*), void* work) {
  std::lock_guard<std::recursive_mutex> held(lock());
  std::shared_ptr<void> kept(work, drop);
  auto to = static_cast<Stream*>(stream);
  if (!known(to)) {
    lose(INVALID_HANDLE, std::string(name) + " is put on a stream that does not exist");
    return;
  }
  submit(to, {name, [kept, run] { run(kept.get()); }});
}

extern "C" bool stand_in_records(void* stream) {
  std::lock_guard<std::recursive_mutex> held(lock());
  auto of = static_cast<Stream*>(stream);
  return known(of) && of->recorded != nullptr;
}

extern "C" void stand_in_finish() {
  std::lock_guard<std::recursive_mutex> held(lock());
  finish_all();
}

// StandIn.workEarly(boolean) of the Java tests.
extern "C" void Java_dev_selkie_cuda_StandIn_workEarly(void*, void*, unsigned char whether) {
  std::lock_guard<std::recursive_mutex> held(lock());
  finish_all();
  early = whether != 0;
}

extern "C" void stand_in_fault(const char* what) { lose(ILLEGAL_ADDRESS, what); }

extern "C" void stand_in_refuse(const char* what) { std::fprintf(stderr, "stand-in for a GPU: %s\n", what); }
