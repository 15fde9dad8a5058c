// Runs a grid of CUDA threads as fibers on one host thread: each runs until it waits for others, and what they may
// not do on a GPU is an error here. The order in which threads and blocks run is chosen by the test, so that a result
// that depends on it shows as a difference between two orders.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned x_ = 1, unsigned y_ = 1, unsigned z_ = 1) : x(x_), y(y_), z(z_) {}
  constexpr unsigned count() const { return x * y * z; }
};

namespace fibers {

enum class Order { ASCENDING, DESCENDING, RANDOM };

// How the next launches run; a test sets it.
struct Schedule {
  Order order = Order::ASCENDING;
  unsigned seed = 1;
  // Blocks of a cooperative launch; odd, so that work is split unevenly.
  int cooperative_blocks = 3;
};
inline Schedule schedule;

// A mistake of a kernel, with its place.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where in the source a thread waits.
struct Site {
  const char* file;
  int line;
  bool operator==(const Site& other) const { return line == other.line && file == other.file; }
  std::string text() const { return std::string(file) + ":" + std::to_string(line); }
};

enum class State { READY, AT_BARRIER, AT_GRID_BARRIER, AT_WARP, DONE };

struct Block;

struct Fiber {
  Block* block = nullptr;
  dim3 thread;
  unsigned number = 0;
  State state = State::READY;
  Site site{};
  // What a warp operation exchanges: it lies on the fiber's own stack, which stands still meanwhile.
  void* payload = nullptr;
  unsigned mask = 0;
  void* stack_pointer = nullptr;

  unsigned lane() const { return number % 32; }
};

// What the lanes of a warp do once all named lanes are there; an absent lane's payload is null.
using Combine = void (*)(void* (&payloads)[32]);

struct Shared {
  const void* key;
  std::size_t offset;
  std::size_t bytes;
};

struct Block {
  dim3 index;
  std::vector<Fiber> fibers;
  // Poisoned before each block; each array is followed by a guard.
  std::vector<unsigned char> memory;
  std::vector<Shared> arrays;
  std::size_t used = 0;
  std::size_t dynamic_bytes = 0;
};

inline Fiber* current = nullptr;
inline dim3 grid_size;
inline dim3 block_size;

// For kernels.
void barrier(Site site);
void grid_barrier(Site site);
void meet(Site site, unsigned mask, void* payload, Combine combine);
void* shared(const void* key, std::size_t bytes);
void* dynamic_shared();

// For launchers.
void run(const char* name, dim3 grid, dim3 block, std::size_t shared_bytes, bool cooperative,
         const std::function<void()>& body);

}  // namespace fibers
