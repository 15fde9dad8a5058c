// Memory of the device that is not there, and of the host where it is pinned; see device.h.
#pragma once

#include <cstddef>
#include <map>

namespace stand_in {

// Blocks that end at a page which may not be touched, so that what goes beyond them ends the program.
class Memory {
 public:
  // Null where there is no more.
  void* allocate(std::size_t bytes);
  bool free(void* address);
  static void fill(void* from, unsigned char value, std::size_t bytes);
  // Whether so many bytes from there on belong to one block.
  bool covers(const void* from, std::size_t bytes) const;
  std::size_t used() const { return used_; }
  std::size_t blocks() const { return blocks_.size(); }

 private:
  std::map<const unsigned char*, std::size_t> blocks_;
  std::size_t used_ = 0;
};

// The device's; STAND_IN_BYTES says how much there is, 1 GiB otherwise.
Memory& device_memory();
std::size_t device_bytes();
Memory& pinned_memory();

}  // namespace stand_in
