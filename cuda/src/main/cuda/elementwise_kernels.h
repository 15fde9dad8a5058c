// Element by element; outputs may be inputs.
#pragma once

#include "types.h"

struct StepState;

void relu_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void relu_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream);
void sigmoid_forward(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void sigmoid_backward(Type type, void* dx, const void* dy, const void* y, long long count, cudaStream_t stream);
void add_forward(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream);
void copy(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void accumulate(Type type, void* y, const void* x, long long count, cudaStream_t stream);
void times(Type type, void* y, const void* x, float factor, long long count, cudaStream_t stream);
void zero(void* y, long long bytes, cudaStream_t stream);
void convert(Type to, void* y, Type from, const void* x, long long count, cudaStream_t stream);

// With `gate`, b and db have one position.
void multiply_forward(Type type, void* y, const void* a, const void* b, bool gate, int N, int P, int C,
                      cudaStream_t stream);
void multiply_backward(Type type, void* da, void* db, const void* dy, const void* a, const void* b, bool gate, int N,
                       int P, int C, cudaStream_t stream);

// M positions; C channels of the part, D of the whole, where the part begins at `channel`.
void concat_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D, cudaStream_t stream);
void concat_backward(Type type, void* dx, const void* dy, int channel, long long M, int C, int D, cudaStream_t stream);

// Which values are kept depends on the state's seed, the layer and the index only.
void dropout_forward(Type type, void* y, std::uint8_t* mask, const void* x, const StepState* state, float rate,
                     int layer, long long count, cudaStream_t stream);
void dropout_backward(Type type, void* dx, const void* dy, const std::uint8_t* mask, float rate, long long count,
                      cudaStream_t stream);
