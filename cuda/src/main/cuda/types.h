// What every launcher knows: the stream, the types of numbers. Host code alone: neither CUDA's headers nor the fibers are
// needed to call a launcher.
#pragma once

#include <cstdint>

struct CUstream_st;
using cudaStream_t = CUstream_st*;

enum class Type { FLOAT32 = 0, BFLOAT16 = 1, FLOAT16 = 2 };
