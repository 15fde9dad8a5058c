// The runner itself: what it lets pass, what it calls a mistake, and what it makes visible.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "pack.cuh"
#include "test.h"

using namespace test;

namespace {

const dim3 ONE(1);

template <class Kernel, class... Arguments>
void start(Kernel kernel, dim3 grid, dim3 block, Arguments... arguments) {
  launch("probe", kernel, grid, block, 0, nullptr, arguments...);
}

// ---- kernels that are right -------------------------------------------------------------------------------------

KERNEL(64) where_kernel(float* out) {
  const unsigned thread = (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
  const unsigned block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  out[block * blockDim.x * blockDim.y * blockDim.z + thread] = static_cast<float>(block * 1000 + thread);
}

KERNEL(256) reverse_kernel(float* out, const float* x) {
  SHARED(float, held, 256);
  held[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = held[blockDim.x - 1 - threadIdx.x];
}

KERNEL(64) warp_kernel(float* out) {
  const int lane = threadIdx.x % 32;
  const float own = static_cast<float>(threadIdx.x);
  const float values[] = {__shfl_sync(0xffffffffu, own, 3),
                          __shfl_xor_sync(0xffffffffu, own, 5),
                          __shfl_down_sync(0xffffffffu, own, 4u),
                          __shfl_up_sync(0xffffffffu, own, 4u),
                          static_cast<float>(__ballot_sync(0xffffffffu, lane % 3 == 0) & 0xffff),
                          __any_sync(0xffffffffu, lane == 7) ? 1.0f : 0.0f,
                          __all_sync(0xffffffffu, lane < 31) ? 1.0f : 0.0f};
  for (int i = 0; i < 7; ++i) out[threadIdx.x * 7 + i] = values[i];
}

// Half of a warp exchanges while the other half does not take part.
KERNEL(32) half_warp_kernel(float* out) {
  float value = static_cast<float>(threadIdx.x);
  if (threadIdx.x < 16) value = __shfl_xor_sync(0x0000ffffu, value, 1);
  out[threadIdx.x] = value;
}

// Twenty threads: a warp that is not full.
KERNEL(20) short_warp_kernel(float* out) {
  out[threadIdx.x] = __shfl_sync(0x000fffffu, static_cast<float>(threadIdx.x), 19);
}

KERNEL(32) dynamic_kernel(float* out, int count) {
  float* held = dynamic_shared<float>();
  if (threadIdx.x == 0) {
    for (int i = 0; i < count; ++i) held[i] = static_cast<float>(i);
  }
  __syncthreads();
  for (int i = threadIdx.x; i < count; i += 32) out[i] = held[count - 1 - i];
}

KERNEL(32) atomic_kernel(int* counter, unsigned* bits) {
  atomicAdd(counter, 1);
  atomicOr(bits, 1u << threadIdx.x);
}

// Blocks hand values to each other across the grid's barrier.
KERNEL(32) grid_kernel(float* out, float* between, int N) {
  for (int i = blockIdx.x * 32 + threadIdx.x; i < N; i += gridDim.x * 32) between[i] = static_cast<float>(i);
  GRID_BARRIER();
  for (int i = blockIdx.x * 32 + threadIdx.x; i < N; i += gridDim.x * 32) out[i] = between[N - 1 - i];
}

// Only the first block has more to do behind the grid's barrier.
KERNEL(32) uneven_grid_kernel(float* out) {
  SHARED(float, held, 32);
  held[threadIdx.x] = static_cast<float>(threadIdx.x);
  GRID_BARRIER();
  if (blockIdx.x == 0) {
    __syncthreads();
    out[threadIdx.x] = held[31 - threadIdx.x];
  }
}

// ---- kernels that are wrong -------------------------------------------------------------------------------------

KERNEL(64) divergent_kernel() {
  if (threadIdx.x < 32) __syncthreads();
}

KERNEL(64) two_barriers_kernel() {
  if (threadIdx.x < 32) {
    __syncthreads();
  } else {
    __syncthreads();
  }
}

KERNEL(32) absent_lane_kernel(float* out) {
  if (threadIdx.x != 9) out[threadIdx.x] = __shfl_sync(0xffffffffu, 1.0f, 0);
}

KERNEL(20) lane_of_no_thread_kernel(float* out) { out[threadIdx.x] = __shfl_sync(0xffffffffu, 1.0f, 0); }

KERNEL(32) outside_mask_kernel(float* out) { out[threadIdx.x] = __shfl_sync(0x0000ffffu, 1.0f, 0); }

KERNEL(32) source_outside_mask_kernel(float* out) {
  if (threadIdx.x < 16) out[threadIdx.x] = __shfl_sync(0x0000ffffu, 1.0f, 20);
}

KERNEL(32) behind_shared_kernel() {
  SHARED(float, held, 32);
  held[threadIdx.x + 1] = 0;
}

KERNEL(32) too_much_shared_kernel(float* out) {
  SHARED(float, held, 13000);
  held[threadIdx.x] = 1;
  out[threadIdx.x] = held[threadIdx.x];
}

KERNEL(32) divergent_grid_kernel() {
  if (blockIdx.x == 0) GRID_BARRIER();
}

// No barrier between writing and reading: right only if threads happen to run in order.
KERNEL(64) race_kernel(float* out) {
  SHARED(float, held, 64);
  held[threadIdx.x] = 1;
  out[threadIdx.x] = threadIdx.x == 0 ? 1 : held[threadIdx.x - 1];
}

// The next number may be written before another warp has read this one: right only if warps keep step.
KERNEL(64) reuse_kernel(float* out) {
  SHARED(float, held, 1);
  float sum = 0;
  for (int round = 1; round < 3; ++round) {
    if (threadIdx.x == 0) held[0] = static_cast<float>(round);
    __syncthreads();
    sum = 10 * sum + held[0];
    for (int distance = 1; distance < 32; distance *= 2) sum = fmaxf(sum, __shfl_xor_sync(0xffffffffu, sum, distance));
  }
  out[threadIdx.x] = sum;
}

KERNEL(1) unwritten_shared_kernel(float* out) {
  SHARED(float, held, 4);
  out[0] = held[2];
}

// Whether the launcher gives other bits when threads run in another order.
template <class Launcher>
bool depends_on_order(const float* result, std::size_t count, Launcher launcher) {
  std::vector<std::vector<std::uint32_t>> seen;
  for (auto order : {fibers::Order::ASCENDING, fibers::Order::DESCENDING, fibers::Order::RANDOM}) {
    fibers::schedule.order = order;
    launcher();
    std::vector<std::uint32_t> bits(count);
    std::memcpy(bits.data(), result, count * sizeof(float));
    seen.push_back(bits);
  }
  fibers::schedule.order = fibers::Order::ASCENDING;
  return seen[0] != seen[1] || seen[0] != seen[2];
}

void expect_true(const std::string& what, bool holds) {
  check(what, [&](Draw&) {
    if (!holds) throw std::runtime_error("does not hold");
  });
}

std::vector<double> computed(std::size_t count, const std::function<double(int)>& of) {
  std::vector<double> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = of(static_cast<int>(i));
  return all;
}

}  // namespace

TEST(grids_and_blocks_have_three_dimensions) {
  check("where", [](Draw& draw) {
    auto out = draw.output<float>(2 * 3 * 4 * 24);
    draw.run([&] { start(where_kernel, dim3(2, 3, 4), dim3(4, 3, 2), out.data); });
    draw.expect_equal("out", out, computed(24 * 24, [](int i) { return i / 24 * 1000 + i % 24; }));
  });
}

TEST(barriers_order_shared_memory) {
  check("reverse", [](Draw& draw) {
    auto x = draw.input<float>(256);
    auto out = draw.output<float>(256);
    draw.run([&] { start(reverse_kernel, ONE, dim3(256), out.data, static_cast<const float*>(x.data)); });
    draw.expect_equal("out", out, computed(256, [&](int i) { return x[255 - i]; }));
  });
}

TEST(warps_exchange_and_vote) {
  check("warp", [](Draw& draw) {
    auto out = draw.output<float>(64 * 7);
    draw.run([&] { start(warp_kernel, ONE, dim3(64), out.data); });
    draw.expect_equal("out", out, computed(64 * 7, [](int i) {
                        const int thread = i / 7;
                        const int lane = thread % 32;
                        const int base = thread - lane;
                        const int expected[] = {base + 3,
                                                base + (lane ^ 5),
                                                lane + 4 < 32 ? thread + 4 : thread,
                                                lane >= 4 ? thread - 4 : thread,
                                                0x9249,
                                                1,
                                                0};
                        return expected[i % 7];
                      }));
  });
}

TEST(part_of_a_warp_may_exchange) {
  check("half warp", [](Draw& draw) {
    auto out = draw.output<float>(32);
    draw.run([&] { start(half_warp_kernel, ONE, dim3(32), out.data); });
    draw.expect_equal("out", out, computed(32, [](int i) { return i < 16 ? i ^ 1 : i; }));
  });
  check("short warp", [](Draw& draw) {
    auto out = draw.output<float>(20);
    draw.run([&] { start(short_warp_kernel, ONE, dim3(20), out.data); });
    draw.expect_equal("out", out, computed(20, [](int) { return 19; }));
  });
}

TEST(dynamic_shared_memory_is_what_was_asked_for) {
  check("dynamic", [](Draw& draw) {
    auto out = draw.output<float>(1000);
    draw.run([&] { launch("dynamic", dynamic_kernel, ONE, dim3(32), 4000, nullptr, out.data, 1000); });
    draw.expect_equal("out", out, computed(1000, [](int i) { return 999 - i; }));
  });
  expect_error("dynamic, a value too short", "behind the end of a shared array", [] {
    std::vector<float> out(1000);
    launch("dynamic", dynamic_kernel, ONE, dim3(32), 3996, nullptr, out.data(), 1000);
  });
}

TEST(atomics_count_every_thread) {
  check("atomic", [](Draw& draw) {
    auto counter = draw.updated<int>(1, [](std::mt19937&) { return 5; });
    auto bits = draw.updated<int>(1, [](std::mt19937&) { return 0; });
    draw.run([&] { start(atomic_kernel, dim3(4), dim3(8), counter.data, reinterpret_cast<unsigned*>(bits.data)); });
    draw.expect_equal("counter", counter, {5 + 32});
    draw.expect_equal("bits", bits, {255});
  });
}

TEST(grids_meet) {
  for (int blocks : {1, 2, 3, 5}) {
    check("grid of " + std::to_string(blocks), [&](Draw& draw) {
      auto out = draw.output<float>(100);
      auto between = draw.output<float>(100);
      draw.run([&] {
        launch_cooperative("grid", grid_kernel, dim3(blocks), dim3(32), nullptr, out.data, between.data, 100);
      });
      draw.expect_equal("out", out, computed(100, [](int i) { return 99 - i; }));
    });
  }
}

TEST(blocks_of_a_grid_end_behind_barriers_of_their_own) {
  check("uneven grid", [](Draw& draw) {
    auto out = draw.output<float>(32);
    draw.run([&] { launch_cooperative("grid", uneven_grid_kernel, dim3(3), dim3(32), nullptr, out.data); });
    draw.expect_equal("out", out, computed(32, [](int i) { return 31 - i; }));
  });
}

TEST(mistakes_are_errors) {
  std::vector<float> out(64);
  expect_error("divergent barrier", "has ended", [] { start(divergent_kernel, ONE, dim3(64)); });
  expect_error("two barriers", "waits at the barrier", [] { start(two_barriers_kernel, ONE, dim3(64)); });
  expect_error("absent lane", "waits for its warp", [&] { start(absent_lane_kernel, ONE, dim3(32), out.data()); });
  expect_error("lane of no thread", "which its block does not have",
               [&] { start(lane_of_no_thread_kernel, ONE, dim3(20), out.data()); });
  expect_error("outside its mask", "is not in the mask",
               [&] { start(outside_mask_kernel, ONE, dim3(32), out.data()); });
  expect_error("source outside the mask", "which is not in the mask",
               [&] { start(source_outside_mask_kernel, ONE, dim3(32), out.data()); });
  expect_error("behind shared memory", "behind the end of a shared array of 128 bytes",
               [] { start(behind_shared_kernel, ONE, dim3(32)); });
  expect_error("too much shared memory", "48 KiB", [&] { start(too_much_shared_kernel, ONE, dim3(32), out.data()); });
  expect_error("divergent grid", "waits at the grid's barrier",
               [] { launch_cooperative("divergent", divergent_grid_kernel, dim3(2), dim3(32), nullptr); });
  expect_error("grid too large", "no GPU launches", [&] { start(where_kernel, dim3(1, 70000), dim3(1), out.data()); });
  expect_error("block too large", "no GPU launches", [&] { start(where_kernel, ONE, dim3(1025), out.data()); });
}

TEST(after_a_mistake_the_next_launch_is_right) {
  expect_error("divergent", "has ended", [] { start(divergent_kernel, ONE, dim3(64)); });
  check("reverse", [](Draw& draw) {
    auto x = draw.input<float>(64);
    auto out = draw.output<float>(64);
    draw.run([&] { start(reverse_kernel, ONE, dim3(64), out.data, static_cast<const float*>(x.data)); });
    draw.expect_equal("out", out, computed(64, [&](int i) { return x[63 - i]; }));
  });
}

TEST(races_show_between_orders) {
  std::vector<float> out(64);
  expect_true("a missing barrier shows",
              depends_on_order(out.data(), 64, [&] { start(race_kernel, ONE, dim3(64), out.data()); }));
  expect_true("a warp that runs ahead",
              depends_on_order(out.data(), 64, [&] { start(reuse_kernel, ONE, dim3(64), out.data()); }));
}

TEST(shared_memory_starts_as_poison) {
  float out = 0;
  start(unwritten_shared_kernel, ONE, dim3(1), &out);
  expect_true("what was never written is no number", std::isnan(out));
}

TEST(ends_of_tensors_are_watched) {
  Guarded guarded(20);
  expect_true("untouched", guarded.intact());
  guarded.data()[20] = 0;
  expect_true("written behind its end", !guarded.intact());
}

// Whether a program that touches this byte is ended for it.
bool is_fatal(const unsigned char* byte) {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGSEGV, SIG_DFL);
    volatile unsigned char read = *byte;
    _exit(read == 0 ? 0 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

TEST(pages_beside_tensors_are_fatal) {
  const Guarded guarded(32);
  expect_true("its last byte may be read", !is_fatal(guarded.data() + 31));
  expect_true("the byte behind it may not", is_fatal(guarded.data() + 32));
  expect_true("the page before it may not", is_fatal(guarded.data() - 4096));
}

TEST(every_16_bit_number_survives) {
  int wrong = 0;
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const float16 h{static_cast<std::uint16_t>(bits)};
    const bfloat16 b{static_cast<std::uint16_t>(bits)};
    if (!std::isnan(to_float(h)) && from_float<float16>(to_float(h)).bits != h.bits) ++wrong;
    if (!std::isnan(to_float(b)) && from_float<bfloat16>(to_float(b)).bits != b.bits) ++wrong;
    if (std::isnan(to_float(h)) && !std::isnan(to_float(from_float<float16>(to_float(h))))) ++wrong;
    if (std::isnan(to_float(b)) && !std::isnan(to_float(from_float<bfloat16>(to_float(b))))) ++wrong;
  }
  expect_true("round trip", wrong == 0);
}

// Between two neighbours the nearer one, in the middle the even one.
template <class T>
int rounded_wrongly(unsigned last) {
  int wrong = 0;
  for (unsigned bits = 0; bits < last; ++bits) {
    const double low = to_float(T{static_cast<std::uint16_t>(bits)});
    const double high = to_float(T{static_cast<std::uint16_t>(bits + 1)});
    const unsigned even = bits % 2 == 0 ? bits : bits + 1;
    const double middle = (low + high) / 2;
    wrong += from_float<T>(static_cast<float>(middle)).bits != even;
    wrong += from_float<T>(static_cast<float>(low + (high - low) * 0.49)).bits != bits;
    wrong += from_float<T>(static_cast<float>(low + (high - low) * 0.51)).bits != bits + 1;
    wrong += from_float<T>(static_cast<float>(-middle)).bits != (even | 0x8000);
  }
  return wrong;
}

TEST(rounding_is_to_nearest_even) {
  expect_true("float16", rounded_wrongly<float16>(0x7bff) == 0);
  expect_true("bfloat16", rounded_wrongly<bfloat16>(0x7f7f) == 0);
  expect_true("float16 overflows to infinity", from_float<float16>(65520.0f).bits == 0x7c00);
  expect_true("float16 keeps its largest", from_float<float16>(65519.0f).bits == 0x7bff);
  expect_true("float16 underflows to zero", from_float<float16>(0x1p-26f).bits == 0);
}

TEST(packs_must_be_aligned) {
  alignas(16) float values[16] = {};
  expect_error("misaligned pack", "misaligned", [&] { load_pack(values + 1); });
}
