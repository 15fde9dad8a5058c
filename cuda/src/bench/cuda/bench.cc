#include "bench.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace bench {
namespace {

struct Named {
  const char* file;
  Function function;
};

std::vector<Named>& registered() {
  static std::vector<Named> all;
  return all;
}

struct Options {
  std::string kernel, type, json;
  int batch = 256;
  int runs = 31;
} options;

struct Result {
  std::string file, kernel, variant, shape, type;
  double bytes, seconds, fastest, copy_seconds;
};

std::vector<Result> results;
std::string current_file;
unsigned char* arena = nullptr;
std::size_t arena_bytes = 0;
unsigned* other = nullptr;  // what the cache is filled with
std::size_t other_count = 0;
cudaStream_t stream = nullptr;

// Numbers between -1 and 1, or any bytes, the same in every run.
template <class T>
__global__ void fill_kernel(T* data, std::size_t count, unsigned seed) {
  for (std::size_t i = blockIdx.x * static_cast<std::size_t>(blockDim.x) + threadIdx.x; i < count;
       i += static_cast<std::size_t>(gridDim.x) * blockDim.x) {
    unsigned h = (static_cast<unsigned>(i) + seed) * 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    if constexpr (sizeof(T) == 1) {
      data[i] = static_cast<T>(h);
    } else {
      data[i] = from_float<T>(static_cast<float>(h >> 8) * 0x1p-23f - 1);
    }
  }
}

// Reads, so that the cache holds nothing that would have to be written back while a kernel is timed.
__global__ void read_kernel(unsigned* data, std::size_t count) {
  unsigned sum = 0;
  for (std::size_t i = blockIdx.x * static_cast<std::size_t>(blockDim.x) + threadIdx.x; i < count;
       i += static_cast<std::size_t>(gridDim.x) * blockDim.x) {
    sum ^= data[i];
  }
  if (sum == 0x12345678u) data[0] = sum;  // never, but the compiler cannot know
}

const char* name_of(Type type) {
  return type == Type::FLOAT32 ? "float32" : type == Type::BFLOAT16 ? "bfloat16" : "float16";
}

struct Times {
  double median, fastest;
};

Times measure(const std::function<void(cudaStream_t)>& launch) {
  cudaEvent_t start, stop;
  require(cudaEventCreate(&start), "cudaEventCreate");
  require(cudaEventCreate(&stop), "cudaEventCreate");
  std::vector<double> seconds;
  for (int run = -3; run < options.runs; ++run) {
    // While the cache is filled the host queues the rest: the launch itself is not in the time.
    read_kernel<<<1024, 256, 0, stream>>>(other, other_count);
    require(cudaEventRecord(start, stream), "cudaEventRecord");
    launch(stream);
    require(cudaEventRecord(stop, stream), "cudaEventRecord");
    require(cudaEventSynchronize(stop), "a launch");
    float milliseconds = 0;
    require(cudaEventElapsedTime(&milliseconds, start, stop), "cudaEventElapsedTime");
    if (run >= 0) seconds.push_back(milliseconds * 1e-3);
  }
  require(cudaEventDestroy(start), "cudaEventDestroy");
  require(cudaEventDestroy(stop), "cudaEventDestroy");
  std::sort(seconds.begin(), seconds.end());
  return {seconds[seconds.size() / 2], seconds.front()};
}

// A copy reads half of the bytes and writes as many.
double copy_seconds(double bytes) {
  static std::map<std::size_t, double> known;
  const std::size_t half = std::max<std::size_t>(static_cast<std::size_t>(bytes / 2) / 16 * 16, 16);
  auto found = known.find(half);
  if (found != known.end()) return found->second;
  return known[half] = measure([&](cudaStream_t s) {
                         require(cudaMemcpyAsync(arena + half, arena, half, cudaMemcpyDeviceToDevice, s), "a copy");
                       }).median;
}

void print(const Result& r) {
  std::printf("%-32s %-30s %-18s %-9s %9.1f us %8.2f MB %7.0f GB/s, copy %7.0f GB/s: %4.0f %%\n", r.kernel.c_str(),
              r.variant.c_str(), r.shape.c_str(), r.type.c_str(), r.seconds * 1e6, r.bytes * 1e-6,
              r.bytes / r.seconds * 1e-9, r.bytes / r.copy_seconds * 1e-9, 100 * r.copy_seconds / r.seconds);
}

bool write_json(const cudaDeviceProp& device) {
  std::FILE* file = std::fopen(options.json.c_str(), "w");
  if (file == nullptr) return false;
  std::fprintf(file,
               "{\"device\": \"%s\", \"compute_capability\": \"%d.%d\", \"multiprocessors\": %d, \"l2_bytes\": %d,\n",
               device.name, device.major, device.minor, device.multiProcessorCount, device.l2CacheSize);
  std::fprintf(file, " \"batch\": %d, \"runs\": %d, \"cases\": [", options.batch, options.runs);
  const char* separator = "\n  ";
  for (const Result& r : results) {
    std::fprintf(file,
                 "%s{\"file\": \"%s\", \"kernel\": \"%s\", \"variant\": \"%s\", \"shape\": \"%s\", \"type\": \"%s\", "
                 "\"bytes\": %.0f, \"seconds\": %.4g, \"fastest_seconds\": %.4g, \"gb_per_second\": %.1f, "
                 "\"copy_gb_per_second\": %.1f, \"share_of_copy\": %.4f}",
                 separator, r.file.c_str(), r.kernel.c_str(), r.variant.c_str(), r.shape.c_str(), r.type.c_str(),
                 r.bytes, r.seconds, r.fastest, r.bytes / r.seconds * 1e-9, r.bytes / r.copy_seconds * 1e-9,
                 r.copy_seconds / r.seconds);
    separator = ",\n  ";
  }
  std::fprintf(file, "\n]}\n");
  return std::fclose(file) == 0;
}

std::vector<Shape> shapes(const std::vector<std::pair<int, int>>& sizes) {
  std::vector<Shape> all;
  for (const auto& [width, channels] : sizes) all.push_back({options.batch, width * width, channels});
  return all;
}

int usage() {
  std::fprintf(
      stderr, "bench [--kernel PART_OF_NAME] [--type float32|bfloat16|float16] [--json FILE] [--batch N] [--runs N]\n");
  for (const Named& one : registered()) std::fprintf(stderr, "  %s\n", one.file);
  return 2;
}

bool parse(int argc, char** argv) {
  for (int i = 1; i < argc; i += 2) {
    const std::string option = argv[i];
    if (i + 1 == argc) return false;
    const char* value = argv[i + 1];
    if (option == "--kernel") options.kernel = value;
    else if (option == "--type") options.type = value;
    else if (option == "--json") options.json = value;
    else if (option == "--batch") options.batch = std::atoi(value);
    else if (option == "--runs") options.runs = std::atoi(value);
    else return false;
  }
  const bool known =
      options.type.empty() || options.type == "float32" || options.type == "bfloat16" || options.type == "float16";
  return known && options.batch > 0 && options.runs > 0;
}

void set_up(const cudaDeviceProp& device) {
  std::size_t free = 0;
  std::size_t total = 0;
  require(cudaMemGetInfo(&free, &total), "cudaMemGetInfo");
  other_count = static_cast<std::size_t>(device.l2CacheSize) * 3 / sizeof(unsigned);
  require(cudaMalloc(&other, other_count * sizeof(unsigned)), "cudaMalloc");
  require(cudaMemset(other, 0, other_count * sizeof(unsigned)), "cudaMemset");
  arena_bytes = std::min<std::size_t>(free / 10 * 8, std::size_t{12} << 30);
  require(cudaMalloc(&arena, arena_bytes), "cudaMalloc");
  require(cudaStreamCreate(&stream), "cudaStreamCreate");
  std::printf("%s, %d multiprocessors, %d MB of second-level cache; cold cache, median of %d\n", device.name,
              device.multiProcessorCount, device.l2CacheSize >> 20, options.runs);
}

}  // namespace

std::vector<Shape> norms() {
  return shapes({{112, 64},
                 {56, 64},
                 {56, 256},
                 {56, 128},
                 {28, 128},
                 {28, 512},
                 {28, 256},
                 {14, 256},
                 {14, 1024},
                 {14, 512},
                 {7, 512},
                 {7, 2048}});
}
std::vector<Shape> unit_ends() { return shapes({{56, 256}, {28, 512}, {14, 1024}, {7, 2048}}); }
std::vector<Shape> branches() { return shapes({{56, 128}, {28, 256}, {14, 512}, {7, 1024}}); }

Case::Case(std::string kernel, std::string variant, std::string shape, Type type)
    : kernel_(std::move(kernel)), variant_(std::move(variant)), shape_(std::move(shape)), type_(type) {}

unsigned char* Case::allocate(std::size_t bytes, int width) {
  unsigned char* data = arena + used_;
  used_ += (bytes + 255) / 256 * 256;
  fits_ = fits_ && used_ <= arena_bytes;
  places_.push_back({data, bytes, width});
  return data;
}

void Case::time(const std::function<void(cudaStream_t)>& launch, const std::function<void(cudaStream_t)>& prepare) {
  const bool named =
      kernel_.find(options.kernel) != std::string::npos || current_file.find(options.kernel) != std::string::npos;
  if (!named || (!options.type.empty() && options.type != name_of(type_))) return;
  if (!fits_ || bytes_ > static_cast<double>(arena_bytes)) {
    std::printf("%-32s %-30s %-18s %-9s needs more memory than is free\n", kernel_.c_str(), variant_.c_str(),
                shape_.c_str(), name_of(type_));
    return;
  }
  unsigned seed = 0;
  for (const Place& p : places_) {
    ++seed;
    if (p.width == 1) {
      fill_kernel<<<1024, 256, 0, stream>>>(p.data, p.bytes, seed);
    } else if (p.width == 4) {
      fill_kernel<<<1024, 256, 0, stream>>>(reinterpret_cast<float*>(p.data), p.bytes / 4, seed);
    } else if (type_ == Type::FLOAT16) {
      fill_kernel<<<1024, 256, 0, stream>>>(reinterpret_cast<float16*>(p.data), p.bytes / 2, seed);
    } else {
      fill_kernel<<<1024, 256, 0, stream>>>(reinterpret_cast<bfloat16*>(p.data), p.bytes / 2, seed);
    }
  }
  if (prepare) prepare(stream);
  require(cudaStreamSynchronize(stream), "filling tensors");
  const Times times = measure(launch);
  results.push_back({current_file, kernel_, variant_, shape_, name_of(type_), bytes_, times.median, times.fastest,
                     copy_seconds(bytes_)});
  print(results.back());
}

Registration::Registration(const char* file, Function function) { registered().push_back({file, function}); }

}  // namespace bench

int main(int argc, char** argv) {
  using namespace bench;
  if (!parse(argc, argv)) return usage();
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error != cudaSuccess || count == 0) {
    std::fprintf(stderr, "no GPU here, so there is nothing to measure: %s\n",
                 error == cudaSuccess ? "the driver lists none" : cudaGetErrorString(error));
    return 3;
  }
  try {
    cudaDeviceProp device;
    require(cudaGetDeviceProperties(&device, 0), "cudaGetDeviceProperties");
    set_up(device);
    std::sort(registered().begin(), registered().end(),
              [](const Named& a, const Named& b) { return std::string(a.file) < b.file; });
    for (const Named& one : registered()) {
      current_file = one.file;
      one.function();
    }
    if (results.empty()) return usage();
    if (!options.json.empty() && !write_json(device)) {
      std::fprintf(stderr, "cannot write %s\n", options.json.c_str());
      return 1;
    }
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", current_file.c_str(), e.what());
    return 1;
  }
  return 0;
}
