// Every launcher, by family; each is defined in the file that bears its op's name. Arguments run outputs, inputs, sizes,
// stream: N samples, P positions, C channels, layout (N, P, C). Activations are `void*` of the given type; everything
// small is float. Parameter gradients accumulate, activation gradients overwrite. What a kernel reads in packs, small
// tensors included, starts at a multiple of 16 bytes.
//
// A kernel includes its own family, so that a new launcher compiles no other anew.
#pragma once

#include "channel_kernels.h"
#include "elementwise_kernels.h"
#include "excite_kernels.h"
#include "grouped_kernels.h"
#include "inference_kernels.h"
#include "norm_kernels.h"
#include "pool_kernels.h"
#include "select_kernels.h"
#include "step_kernels.h"
#include "types.h"
