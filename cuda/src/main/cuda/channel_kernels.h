// Channels moved, branches weighed.
#pragma once

#include "types.h"

struct StepState;

// Channel k groups + g of y is channel g (C / groups) + k of x.
void channel_shuffle(Type type, void* y, const void* x, int groups, long long M, int C, cudaStream_t stream);

// The part has C of the whole's D channels, from `channel` on. Backward writes zero into the others; or it adds.
void channel_split_forward(Type type, void* y, const void* x, int channel, long long M, int C, int D,
                           cudaStream_t stream);
void channel_split_backward(Type type, void* dx, const void* dy, int channel, bool accumulate, long long M, int C,
                            int D, cudaStream_t stream);

// N samples of S values.
void shake_shake_forward(Type type, void* y, const void* a, const void* b, const StepState* state, int layer, int N,
                         long long S, cudaStream_t stream);
void shake_shake_backward(Type type, void* da, void* db, const void* dy, const StepState* state, int layer, int N,
                          long long S, cudaStream_t stream);
void shake_shake_inference(Type type, void* y, const void* a, const void* b, long long count, cudaStream_t stream);
