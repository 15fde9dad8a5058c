#include "memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "device.h"
#include "streams.h"

namespace stand_in {
namespace {

// What cuMemAlloc aligns to.
constexpr std::size_t ALIGNMENT = 256;

std::size_t up(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }
std::size_t page() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

}  // namespace

void* Memory::allocate(std::size_t bytes) {
  const std::size_t whole = up(bytes, page());
  void* mapped = mmap(nullptr, whole + 2 * page(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto first = static_cast<unsigned char*>(mapped);
  mprotect(first, page(), PROT_NONE);
  mprotect(first + page() + whole, page(), PROT_NONE);
  unsigned char* block = first + page() + whole - up(bytes, ALIGNMENT);
  // As numbers these are not numbers, until somebody writes others.
  if (bytes < 16 << 20) std::memset(block, 0xff, bytes);
  blocks_.emplace(block, bytes);
  used_ += bytes;
  return block;
}

bool Memory::free(void* address) {
  auto found = blocks_.find(static_cast<unsigned char*>(address));
  if (found == blocks_.end()) return false;
  const std::size_t bytes = found->second;
  auto first = static_cast<unsigned char*>(address) + up(bytes, ALIGNMENT) - up(bytes, page()) - page();
  munmap(first, up(bytes, page()) + 2 * page());
  used_ -= bytes;
  blocks_.erase(found);
  return true;
}

// Whole pages are given back instead, which makes them zero: what nobody reads need not exist.
void Memory::fill(void* from, unsigned char value, std::size_t bytes) {
  auto first = static_cast<unsigned char*>(from);
  const std::size_t before = up(reinterpret_cast<std::size_t>(first), page()) - reinterpret_cast<std::size_t>(first);
  if (value != 0 || bytes < before + page()) {
    std::memset(first, value, bytes);
    return;
  }
  const std::size_t whole = (bytes - before) / page() * page();
  std::memset(first, 0, before);
  madvise(first + before, whole, MADV_DONTNEED);
  std::memset(first + before + whole, 0, bytes - before - whole);
}

bool Memory::covers(const void* from, std::size_t bytes) const {
  auto at = static_cast<const unsigned char*>(from);
  auto after = blocks_.upper_bound(at);
  if (after == blocks_.begin()) return false;
  auto block = std::prev(after);
  return static_cast<std::size_t>(at - block->first) + bytes <= block->second;
}

Memory& device_memory() {
  static Memory memory;
  return memory;
}

Memory& pinned_memory() {
  static Memory memory;
  return memory;
}

std::size_t device_bytes() {
  const char* bytes = std::getenv("STAND_IN_BYTES");
  return bytes == nullptr ? std::size_t{1} << 30 : std::strtoull(bytes, nullptr, 10);
}

}  // namespace stand_in

extern "C" bool stand_in_covers(const void* from, std::size_t bytes) {
  std::lock_guard<std::recursive_mutex> held(stand_in::lock());
  return stand_in::device_memory().covers(from, bytes);
}
