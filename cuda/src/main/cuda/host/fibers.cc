#include "fibers.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <random>

#ifdef __x86_64__
// Saves what a call must preserve, and goes on with another stack: 20 times faster than swapcontext.
asm(R"(
.text
.globl selkie_switch
.type selkie_switch, @function
selkie_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size selkie_switch, .-selkie_switch
)");
extern "C" void selkie_switch(void** save, void* load);
#else
#error "the fiber runner switches stacks in x86-64 assembly; write selkie_switch for this processor"
#endif

namespace fibers {
namespace {

constexpr std::size_t STACK_BYTES = 128 << 10;
constexpr std::size_t STATIC_SHARED_LIMIT = 48 << 10;
constexpr std::size_t DYNAMIC_SHARED_LIMIT = 227 << 10;
constexpr std::size_t GUARD_BYTES = 64;
constexpr unsigned char POISON = 0xff;  // as a float, and as a 16-bit float: not a number
constexpr unsigned char GUARD = 0xa5;

void* scheduler_stack = nullptr;
const std::function<void()>* kernel_body = nullptr;
std::string failure;

// Stacks are kept: a page below each ends the program if a kernel needs more.
std::vector<unsigned char*>& stacks() {
  static std::vector<unsigned char*> all;
  return all;
}

unsigned char* stack(std::size_t index) {
  while (stacks().size() <= index) {
    auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* memory =
        mmap(nullptr, STACK_BYTES + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    mprotect(memory, page, PROT_NONE);
    stacks().push_back(static_cast<unsigned char*>(memory) + page);
  }
  return stacks()[index];
}

std::string name_of(const Fiber& fiber) {
  const dim3& t = fiber.thread;
  const dim3& b = fiber.block->index;
  auto triple = [](const dim3& d) {
    return "(" + std::to_string(d.x) + "," + std::to_string(d.y) + "," + std::to_string(d.z) + ")";
  };
  return "thread " + triple(t) + " of block " + triple(b);
}

std::string doing(const Fiber& fiber) {
  switch (fiber.state) {
    case State::READY: return "is running";
    case State::AT_BARRIER: return "waits at the barrier " + fiber.site.text();
    case State::AT_GRID_BARRIER: return "waits at the grid's barrier " + fiber.site.text();
    case State::AT_WARP: return "waits for its warp at " + fiber.site.text();
    case State::DONE: return "has ended";
  }
  return "";
}

void yield() { selkie_switch(&current->stack_pointer, scheduler_stack); }

// Where a fiber begins. An exception cannot leave its stack, so it is handed over as text.
void enter() {
  try {
    (*kernel_body)();
  } catch (const std::exception& e) {
    failure = e.what();
  }
  current->state = State::DONE;
  yield();
}

void prepare(Fiber& fiber, unsigned char* bottom) {
  auto top = reinterpret_cast<std::uintptr_t>(bottom + STACK_BYTES) & ~std::uintptr_t{15};
  auto words = reinterpret_cast<void**>(top);
  words[-1] = nullptr;  // no caller
  words[-2] = reinterpret_cast<void*>(&enter);
  std::fill(words - 8, words - 2, nullptr);
  fiber.stack_pointer = words - 8;
}

void resume(Fiber& fiber) {
  current = &fiber;
  selkie_switch(&scheduler_stack, fiber.stack_pointer);
  current = nullptr;
  if (!failure.empty()) {
    std::string what = std::move(failure);
    failure.clear();
    throw Fault(name_of(fiber) + ": " + what);
  }
}

std::vector<unsigned> order_of(unsigned count, std::mt19937& random) {
  std::vector<unsigned> order(count);
  std::iota(order.begin(), order.end(), 0u);
  if (schedule.order == Order::DESCENDING) std::reverse(order.begin(), order.end());
  if (schedule.order == Order::RANDOM) std::shuffle(order.begin(), order.end(), random);
  return order;
}

void check_guards(const Block& block) {
  for (const Shared& array : block.arrays) {
    const unsigned char* guard = block.memory.data() + array.offset + array.bytes;
    if (std::any_of(guard, guard + GUARD_BYTES, [](unsigned char b) { return b != GUARD; })) {
      throw Fault("a thread wrote behind the end of a shared array of " + std::to_string(array.bytes) + " bytes");
    }
  }
}

void set_up(Block& block, dim3 index, dim3 size, std::size_t dynamic_bytes, std::size_t first_stack) {
  block.index = index;
  block.dynamic_bytes = dynamic_bytes;
  block.arrays.clear();
  block.used = 0;
  block.memory.assign(dynamic_bytes + STATIC_SHARED_LIMIT + 64 * GUARD_BYTES, POISON);
  block.fibers.assign(size.count(), {});
  for (unsigned i = 0; i < size.count(); ++i) {
    Fiber& fiber = block.fibers[i];
    fiber.block = &block;
    fiber.number = i;
    fiber.thread = dim3(i % size.x, i / size.x % size.y, i / size.x / size.y);
    prepare(fiber, stack(first_stack + i));
  }
}

bool all(const Block& block, State state) {
  return std::all_of(block.fibers.begin(), block.fibers.end(), [&](const Fiber& f) { return f.state == state; });
}

// Threads of a block that cannot go on: either all wait at one barrier, or the kernel is wrong.
void require_together(const Block& block, State state) {
  const Fiber& first = block.fibers.front();
  for (const Fiber& other : block.fibers) {
    if (other.state != state || !(other.site == first.site)) {
      throw Fault(name_of(first) + " " + doing(first) + " but " + name_of(other) + " " + doing(other));
    }
  }
}

// Lets each of some threads run once; true if some can go on, because a warp has met.
bool pass(Block& block, const unsigned* from, const unsigned* to) {
  for (const unsigned* i = from; i < to; ++i) {
    if (block.fibers[*i].state == State::READY) resume(block.fibers[*i]);
  }
  return std::any_of(from, to, [&](unsigned i) { return block.fibers[i].state == State::READY; });
}

// Lets all threads run until they wait for their block. Nothing else holds warps together: in random order they go side
// by side, in the others each runs as far as it can before the next begins.
void run_to_barrier(Block& block, std::mt19937& random) {
  const auto count = static_cast<unsigned>(block.fibers.size());
  const bool together = schedule.order == Order::RANDOM;
  for (bool more = true; more;) {
    const std::vector<unsigned> order = order_of(count, random);
    for (const unsigned *from = order.data(), *end = from + count, *to; from < end; from = to) {
      to = from;
      while (to < end && (together || *to / 32 == *from / 32)) ++to;
      while (pass(block, from, to) && !together) {
      }
    }
    more =
        std::any_of(block.fibers.begin(), block.fibers.end(), [](const Fiber& f) { return f.state == State::READY; });
  }
}

// Runs a block until all its threads have ended or wait for the grid.
void run(Block& block, std::mt19937& random) {
  for (;;) {
    run_to_barrier(block, random);
    if (all(block, State::DONE)) {
      check_guards(block);
      return;
    }
    if (all(block, State::AT_GRID_BARRIER)) {
      require_together(block, State::AT_GRID_BARRIER);
      return;
    }
    require_together(block, State::AT_BARRIER);
    for (Fiber& fiber : block.fibers) fiber.state = State::READY;
  }
}

dim3 place(unsigned i, dim3 size) { return dim3(i % size.x, i / size.x % size.y, i / size.x / size.y); }

void run_in_turn(dim3 grid, dim3 block, std::size_t bytes, std::mt19937& random) {
  Block one;
  for (unsigned i : order_of(grid.count(), random)) {
    set_up(one, place(i, grid), block, bytes, 0);
    run(one, random);
  }
}

void run_together(dim3 grid, dim3 block, std::mt19937& random) {
  std::vector<Block> blocks(grid.count());
  for (unsigned i = 0; i < grid.count(); ++i) {
    set_up(blocks[i], place(i, grid), block, 0, static_cast<std::size_t>(i) * block.count());
  }
  for (bool waiting = true; waiting;) {
    for (unsigned i : order_of(grid.count(), random)) run(blocks[i], random);
    waiting = !all(blocks.front(), State::DONE);
    for (Block& other : blocks) {
      const Fiber& first = blocks.front().fibers.front();
      Fiber& fiber = other.fibers.front();
      // Blocks that have ended may have waited last in different places.
      if (fiber.state != first.state || (waiting && !(fiber.site == first.site))) {
        throw Fault(name_of(first) + " " + doing(first) + " but " + name_of(fiber) + " " + doing(fiber));
      }
    }
    for (Block& other : blocks) {
      for (Fiber& fiber : other.fibers) fiber.state = waiting ? State::READY : State::DONE;
    }
  }
}

void wait(State state, Site site) {
  current->state = state;
  current->site = site;
  yield();
}

}  // namespace

void barrier(Site site) { wait(State::AT_BARRIER, site); }

void grid_barrier(Site site) { wait(State::AT_GRID_BARRIER, site); }

void meet(Site site, unsigned mask, void* payload, Combine combine) {
  Fiber& self = *current;
  std::vector<Fiber>& all_fibers = self.block->fibers;
  unsigned first = self.number - self.lane();
  if (!(mask >> self.lane() & 1)) throw Fault("is not in the mask of its own warp operation " + site.text());
  self.state = State::AT_WARP;
  self.site = site;
  self.mask = mask;
  self.payload = payload;
  void* payloads[32] = {};
  const unsigned last = 31 - static_cast<unsigned>(__builtin_clz(mask));
  if (first + last >= all_fibers.size()) {
    throw Fault("names lane " + std::to_string(last) + " at " + site.text() + ", which its block does not have");
  }
  for (unsigned lane = 0; lane < 32; ++lane) {
    if (!(mask >> lane & 1)) continue;
    const Fiber& other = all_fibers[first + lane];
    if (other.state != State::AT_WARP || !(other.site == site) || other.mask != mask) {
      yield();
      return;
    }
    payloads[lane] = other.payload;
  }
  combine(payloads);
  for (unsigned lane = 0; lane < 32; ++lane) {
    if (mask >> lane & 1) all_fibers[first + lane].state = State::READY;
  }
}

void* shared(const void* key, std::size_t bytes) {
  Block& block = *current->block;
  for (const Shared& array : block.arrays) {
    if (array.key == key) return block.memory.data() + array.offset;
  }
  std::size_t needed = (bytes + GUARD_BYTES + 63) / 64 * 64;
  std::size_t offset = block.used;
  std::size_t fixed = key == nullptr ? 0 : bytes;
  for (const Shared& array : block.arrays) fixed += array.key == nullptr ? 0 : array.bytes;
  if (fixed > STATIC_SHARED_LIMIT || offset + needed > block.memory.size()) {
    throw Fault("declares more static shared memory than the 48 KiB of a block");
  }
  block.used += needed;
  block.arrays.push_back({key, offset, bytes});
  std::memset(block.memory.data() + offset + bytes, GUARD, GUARD_BYTES);
  return block.memory.data() + offset;
}

void* dynamic_shared() { return shared(nullptr, current->block->dynamic_bytes); }

void run(const char* name, dim3 grid, dim3 block, std::size_t shared_bytes, bool cooperative,
         const std::function<void()>& body) {
  if (grid.count() == 0 || block.count() == 0 || block.count() > 1024 || grid.y > 65535 || grid.z > 65535) {
    throw Fault(std::string(name) + ": no GPU launches " + std::to_string(grid.x) + "x" + std::to_string(grid.y) + "x" +
                std::to_string(grid.z) + " blocks of " + std::to_string(block.count()) + " threads");
  }
  if (shared_bytes > DYNAMIC_SHARED_LIMIT) throw Fault(std::string(name) + ": too much dynamic shared memory");
  std::mt19937 random(schedule.seed);
  grid_size = grid;
  block_size = block;
  kernel_body = &body;
  try {
    if (cooperative) {
      run_together(grid, block, random);
    } else {
      run_in_turn(grid, block, shared_bytes, random);
    }
  } catch (const Fault& fault) {
    throw Fault(std::string(name) + ": " + fault.what());
  }
}

}  // namespace fibers
