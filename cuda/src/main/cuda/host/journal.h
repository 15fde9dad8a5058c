// Launches written down instead of run: which kernel, with which arguments. A test can then look at a step that is far
// too large for fibers: its order, and every address that is handed on.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace journal {

struct Entry {
  std::string name;
  // The arguments, eight bytes at a time: addresses stand among them as they are.
  std::vector<std::uint64_t> words;
};

inline bool open = false;
inline std::vector<Entry> entries;

template <class A>
void add(Entry& entry, A argument) {
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
  // What lies between a struct's members is whatever lay on the stack, which now and then looks like an address.
  __builtin_clear_padding(&argument);
#endif
#endif
  for (std::size_t at = 0; at + sizeof(std::uint64_t) <= sizeof(A); at += sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, reinterpret_cast<const unsigned char*>(&argument) + at, sizeof word);
    entry.words.push_back(word);
  }
}

// Whether the launch has been written down, and is not to run.
template <class... A>
bool took(const char* name, const A&... arguments) {
  if (!open) return false;
  Entry entry{name, {}};
  (add(entry, arguments), ...);
  entries.push_back(std::move(entry));
  return true;
}

}  // namespace journal
