#include "test.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace test {

// Such a run stops at the first failure.
bool quick() { return std::getenv("SELKIE_QUICK") != nullptr; }

namespace {

constexpr unsigned char WATCHED = 0x5a;
constexpr unsigned char POISON = 0xff;
constexpr double FACTOR = 2;
constexpr double FLOOR = 4 * 0x1p-23;
constexpr std::size_t ENOUGH_VALUES = 64;

struct Named {
  const char* name;
  Function function;
};

std::vector<Named>& registered() {
  static std::vector<Named> all;
  return all;
}

std::string current_case;
int failures = 0;
int cases = 0;

void fail(const std::string& what) {
  ++failures;
  if (failures <= 20) std::printf("  FAILED %s: %s\n", current_case.c_str(), what.c_str());
  if (quick()) std::_Exit(1);
}

void give_up(const char* why) {
  for (const char* text : {"  FAILED ", current_case.c_str(), ": ", why, "\n"}) {
    (void)!write(1, text, std::strlen(text));
  }
  _exit(1);
}

void on_fault(int) { give_up("a kernel touched memory outside its tensors"); }
void on_trap(int) { give_up("a thread went beyond the end of an array of its own"); }

Deviation deviation(const std::vector<double>& exact, const std::vector<double>& got) {
  Deviation d;
  d.magnitude = std::numeric_limits<float>::min();
  d.values = exact.size();
  for (std::size_t i = 0; i < exact.size(); ++i) {
    if (std::isnan(exact[i]) || std::isnan(got[i])) {
      if (!(std::isnan(exact[i]) && std::isnan(got[i]))) d.largest = std::numeric_limits<double>::infinity();
      continue;
    }
    d.magnitude = std::max(d.magnitude, std::abs(exact[i]));
    if (exact[i] != got[i]) d.largest = std::max(d.largest, std::abs(got[i] - exact[i]));
  }
  return d;
}

void merge(Deviation& into, const Deviation& other) {
  into.largest = std::max(into.largest, other.largest);
  into.magnitude = std::max(into.magnitude, other.magnitude);
  into.values = other.values;
}

// ---- what differs between a host compiler and nvcc ----------------------------------------------------------------

#ifdef __CUDACC__
constexpr const char* ORDER = "two runs differ";
constexpr int RUNS = 2;

void choose_order(int, unsigned) {}
void wait() { require(cudaDeviceSynchronize(), "a kernel"); }

bool present() {
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error == cudaSuccess && count > 0) return true;
  std::printf("no GPU here: %s\n", error == cudaSuccess ? "the driver lists none" : cudaGetErrorString(error));
  return false;
}
#else
constexpr const char* ORDER = "the order of threads changes the result";
constexpr int RUNS = 3;

void choose_order(int run, unsigned seed) {
  using fibers::Order;
  const Order orders[RUNS] = {Order::DESCENDING, Order::RANDOM, Order::ASCENDING};
  fibers::schedule.order = orders[run];
  fibers::schedule.seed = seed;
}
void wait() {}
bool present() { return true; }

std::size_t page() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }
#endif

}  // namespace

#ifdef __CUDACC__
Guarded::Guarded(std::size_t bytes) : bytes_(bytes) {
  const std::size_t band = std::getenv("SELKIE_EXACT") != nullptr ? 0 : 256;
  void* memory = nullptr;
  require(cudaMallocManaged(&memory, std::max<std::size_t>(bytes + 2 * band, 1)), "cudaMallocManaged");
  begin_ = static_cast<unsigned char*>(memory);
  data_ = begin_ + band;
  end_ = data_ + bytes + band;
  std::memset(begin_, WATCHED, bytes + 2 * band);
}

Guarded::~Guarded() { cudaFree(begin_); }
#else
Guarded::Guarded(std::size_t bytes) : bytes_(bytes) {
  std::size_t room = (bytes + 15) / 16 * 16;
  std::size_t pages = (room + page() - 1) / page() * page();
  void* memory = mmap(nullptr, pages + 2 * page(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  begin_ = static_cast<unsigned char*>(memory) + page();
  end_ = begin_ + pages;
  data_ = end_ - room;
  std::memset(begin_, WATCHED, pages);
  mprotect(memory, page(), PROT_NONE);
  mprotect(end_, page(), PROT_NONE);
}

Guarded::~Guarded() { munmap(begin_ - page(), static_cast<std::size_t>(end_ - begin_) + 2 * page()); }
#endif

double normal(std::mt19937& random) { return std::normal_distribution<double>()(random); }
double off_centre(std::mt19937& random) { return 0.5 + 2 * normal(random); }
double far_off_centre(std::mt19937& random) { return 100 + normal(random); }
double positive(std::mt19937& random) { return std::uniform_real_distribution<double>(0.5, 1.5)(random); }
double probability(std::mt19937& random) { return std::uniform_real_distribution<double>()(random); }
double ties(std::mt19937& random) { return static_cast<int>(random() % 4) - 3; }
double bits(std::mt19937& random) { return random() % 256; }
Values below(int bound) {
  return [bound](std::mt19937& random) { return random() % static_cast<unsigned>(bound); };
}
Values weights(int fan_in) {
  return [fan_in](std::mt19937& random) { return normal(random) / std::sqrt(static_cast<double>(fan_in)); };
}

bool Guarded::intact() const {
  auto watched = [](const unsigned char* from, const unsigned char* to) {
    return std::all_of(from, to, [](unsigned char b) { return b == WATCHED; });
  };
  return watched(begin_, data_) && watched(data_ + bytes_, end_);
}

unsigned char* Draw::allocate(std::size_t bytes, Role role) {
  places_.push_back({std::make_unique<Guarded>(bytes), {}, role});
  unsigned char* data = places_.back().memory->data();
  std::memset(data, POISON, bytes);
  photograph();
  return data;
}

void Draw::photograph() {
  Place& place = places_.back();
  place.initial.assign(place.memory->data(), place.memory->data() + place.memory->size());
}

const unsigned char* Draw::initial(const void* data) const {
  for (const Place& place : places_) {
    if (place.memory->data() == data) return place.initial.data();
  }
  throw std::logic_error("not a tensor of this draw");
}

void Draw::restore() {
  for (Place& place : places_) std::memcpy(place.memory->data(), place.initial.data(), place.initial.size());
}

void Draw::require_untouched() const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Place& place = places_[i];
    if (!place.memory->intact()) fail("wrote beside tensor " + std::to_string(i));
    if (place.role == Role::INPUT &&
        std::memcmp(place.memory->data(), place.initial.data(), place.initial.size()) != 0) {
      fail("changed tensor " + std::to_string(i) + ", an input");
    }
  }
}

void Draw::run(const std::function<void()>& launcher) { run(launcher, true); }
void Draw::run_unordered(const std::function<void()>& launcher) { run(launcher, false); }

void Draw::run(const std::function<void()>& launcher, bool same_bits) {
  std::vector<std::vector<unsigned char>> first;
  for (int run = 0; run < RUNS; ++run) {
    choose_order(run, static_cast<unsigned>(random_()));
    restore();
    launcher();
    wait();
    require_untouched();
    std::vector<std::vector<unsigned char>> now;
    for (const Place& place : places_) {
      now.emplace_back(place.memory->data(), place.memory->data() + place.memory->size());
    }
    if (same_bits && !first.empty() && now != first) fail(ORDER);
    first = now;
  }
}

void Draw::note(const std::string& name, const std::vector<double>& exact, const std::vector<double>& plain,
                const std::vector<double>& got) {
  if (exact.size() != got.size() || plain.size() != got.size()) throw std::logic_error(name + " has another size");
  auto& [worst_plain, worst_got] = (*deviations_)[name];
  merge(worst_plain, deviation(exact, plain));
  merge(worst_got, deviation(exact, got));
}

void Draw::equal(const std::string& name, const std::vector<double>& exact, const std::vector<double>& got) {
  for (std::size_t i = 0; i < exact.size(); ++i) {
    if (exact[i] != got.at(i)) {
      fail(name + "[" + std::to_string(i) + "] is " + std::to_string(got[i]) + ", not " + std::to_string(exact[i]));
      return;
    }
  }
}

class Case {
 public:
  static void run(const std::function<void(Draw&)>& body) {
    std::map<std::string, std::pair<Deviation, Deviation>> deviations;
    int wanted = 2;
    for (int draw = 0; draw < wanted; ++draw) {
      Draw one(static_cast<unsigned>(draw + 1));
      one.deviations_ = &deviations;
      body(one);
      for (const auto& [name, pair] : deviations) {
        if (pair.first.values < ENOUGH_VALUES) wanted = quick() ? 4 : 16;
      }
    }
    for (const auto& [name, pair] : deviations) {
      double error = pair.second.largest / pair.second.magnitude;
      double allowed = FACTOR * pair.first.largest / pair.first.magnitude + FLOOR;
      if (!(error <= allowed)) {
        char text[160];
        std::snprintf(text, sizeof text, " errs by %.3g of its largest value, allowed is %.3g", error, allowed);
        fail(name + text);
      }
    }
  }
};

void check(const std::string& name, const std::function<void(Draw&)>& body) {
  current_case = name;
  ++cases;
  try {
    Case::run(body);
  } catch (const std::exception& e) {
    fail(std::string("threw ") + e.what());
  }
}

void expect_error(const std::string& name, const std::string& word, const std::function<void()>& launcher) {
  current_case = name;
  ++cases;
  try {
    launcher();
  } catch (const std::exception& e) {
    if (std::string(e.what()).find(word) == std::string::npos) fail(std::string("says ") + e.what());
    return;
  }
  fail("was not refused");
}

void expect_close(const std::string& name, double got, double printed) {
  if (std::abs(got - printed) <= 1e-11 * std::max(1.0, std::abs(printed))) return;
  char text[120];
  std::snprintf(text, sizeof text, " is %.15g, not %.15g", got, printed);
  fail(name + text);
}

std::vector<Shape> shapes() {
  if (quick()) return few_shapes();
  std::vector<Shape> all;
  for (int C : {1, 3, 8, 20, 64, 2048}) {
    for (int P : {1, 49, 3136}) {
      for (int N : {1, 2, 5}) {
        Shape shape{N, P, C};
        if (shape.elements() <= 1'100'000) all.push_back(shape);
      }
    }
  }
  return all;
}

std::vector<Shape> few_shapes() { return {{5, 1, 20}, {2, 49, 8}, {1, 9, 3}, {5, 49, 64}, {3, 7, 264}, {1, 260, 1}}; }

std::vector<Shape> long_shapes() {
  auto all = few_shapes();
  all.insert(all.end(), {{2, 150, 264}, {2, 700, 3}, {1, 300, 64}});
  return all;
}

Registration::Registration(const char* name, Function function) { registered().push_back({name, function}); }

}  // namespace test

int main(int argc, char** argv) {
  using namespace test;
  struct sigaction action = {};
  action.sa_handler = on_fault;
  action.sa_flags = SA_ONSTACK;
  static unsigned char alternate[1 << 16];
  stack_t stack = {};
  stack.ss_sp = alternate;
  stack.ss_size = sizeof alternate;
  sigaltstack(&stack, nullptr);
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
  action.sa_handler = on_trap;
  sigaction(SIGILL, &action, nullptr);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string wanted = argc > 1 ? argv[1] : "";
  if (wanted == "--list") {
    for (const Named& one : registered()) std::puts(one.name);
    return 0;
  }
  if (!present()) return 2;
  for (const Named& one : registered()) {
    if (!wanted.empty() && wanted != one.name) continue;
    auto start = std::chrono::steady_clock::now();
    int failed_before = failures;
    one.function();
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%s %s (%.1f s)\n", failures == failed_before ? "ok    " : "FAILED", one.name, seconds.count());
  }
  std::printf("%d cases, %d failures\n", cases, failures);
  // A test may have nothing for the small shapes.
  return failures == 0 && (cases > 0 || quick()) ? 0 : 1;
}
