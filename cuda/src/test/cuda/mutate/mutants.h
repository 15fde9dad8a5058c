// Put before every source of a mutation run. All mutants are compiled at once; the environment says which one is alive.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace mutants {

constexpr int LIMIT = 1 << 15;

// A type of its own, so that the compiler knows that a flag is none of a kernel's numbers.
enum class Reached : int { NO, YES };
inline Reached reached[LIMIT];

inline const int alive = [] {
  const char* number = std::getenv("SELKIE_MUTANT");
  return number == nullptr ? -1 : std::atoi(number);
}();

// One where mutant `id` lives, else zero.
inline int mutant(int id) {
  reached[id] = Reached::YES;
  return id == alive ? 1 : 0;
}

// At the end of a run: the numbers of all places that it came by.
struct Record {
  ~Record() {
    const char* name = std::getenv("SELKIE_REACHED");
    if (name == nullptr) return;
    std::FILE* file = std::fopen(name, "w");
    if (file == nullptr) return;
    for (int i = 0; i < LIMIT; ++i) {
      if (reached[i] == Reached::YES) std::fprintf(file, "%d\n", i);
    }
    std::fclose(file);
  }
};
inline Record record;

}  // namespace mutants
