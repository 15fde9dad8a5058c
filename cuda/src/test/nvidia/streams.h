// Streams, events and graphs of the device that is not there; see device.h.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace stand_in {

// Numbers of CUresult, as cuda.h has them.
enum Result {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NOT_INITIALIZED = 3,
  INVALID_DEVICE = 101,
  INVALID_CONTEXT = 201,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_FAILED = 719,
  INVALID_HANDLE = 400,
  CAPTURE_UNSUPPORTED = 900,
  CAPTURE_INVALIDATED = 901,
  CAPTURE_WRONG_THREAD = 908,
  ILLEGAL_STATE = 401,
  CAPTURE_ISOLATION = 905,
  CAPTURED_EVENT = 907,
};

struct Task {
  std::string name;
  std::function<void()> run;
};

struct Graph {
  std::vector<Task> tasks;
};

struct Stream {
  std::deque<Task> waiting;
  // Set while the stream is recorded and not run.
  std::unique_ptr<Graph> recorded;
  bool spoilt = false;
};

// A place in a stream's queue.
struct Mark {
  Stream* stream;
  bool reached;
};

struct Event {
  // None: never recorded, so there is nothing to wait for.
  std::shared_ptr<Mark> mark;
  bool captured = false;
};

// All calls hold this: a device that several threads use is still one device.
std::recursive_mutex& lock();

// What every call answers once something has gone wrong on the device; 0 until then.
Result lost();
void lose(Result how, const std::string& what);

Stream* create_stream();
bool known(const Stream* stream);
void destroy(Stream* stream);
// The stream that this thread records, or null: what allocates or waits may not be called meanwhile.
Stream* recording();

void submit(Stream* stream, Task task);
void finish(Stream* stream);
void finish_all();
void record(Event* event, Stream* stream);
void wait(Stream* stream, const std::shared_ptr<Mark>& mark);
void reach(const std::shared_ptr<Mark>& mark);
void begin_recording(Stream* stream);
std::unique_ptr<Graph> end_recording(Stream* stream);

}  // namespace stand_in
