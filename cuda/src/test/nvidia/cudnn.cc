// libcudnn.so.9: the functions of cuDNN that Selkie calls; convolution.cc does the sums.
#include <cstdint>
#include <cstring>
#include <string>

#include "convolution.h"
#include "device.h"

using stand_in::Convolution;
using stand_in::Extent;
using stand_in::Pass;
using stand_in::Type;

namespace {

// Numbers of cuDNN 9's headers.
enum Status { SUCCESS = 0, BAD_PARAM = 2000, NOT_SUPPORTED = 3000, EXECUTION_FAILED = 5000 };
enum { DATA_FLOAT = 0, DATA_HALF = 2, DATA_BFLOAT16 = 9 };
enum { DEFAULT_MATH = 0, TENSOR_OP_MATH = 1, FMA_MATH = 3 };
enum { NHWC = 1 };
enum { CROSS_CORRELATION = 1 };
enum { NON_DETERMINISTIC = 0, DETERMINISTIC = 1 };

struct Handle {
  void* stream = nullptr;
};

// A tensor or a filter, whose n is its output channels.
struct Tensor {
  int type = -1;
  Extent extent{};
};

struct Geometry {
  int padding_h, padding_w, stride_h, stride_w, dilation_h, dilation_w;
  int groups = 1;
  int math = DEFAULT_MATH;
};

// cudnnConvolutionFwdAlgoPerf_t, and those of the backward passes, which are alike.
struct Performance {
  int algorithm;
  int status;
  float time;
  std::size_t memory;
  int determinism;
  int math;
  int reserved[3];
};

// Algorithm 0 is the fastest and adds in any order, 1 needs workspace, and 2 cannot do it.
constexpr int ALGORITHMS = 3;

bool valid_type(int type) { return type == DATA_FLOAT || type == DATA_HALF || type == DATA_BFLOAT16; }

int set(Tensor* tensor, int format, int type, int n, int c, int h, int w) {
  if (format != NHWC || !valid_type(type) || n < 1 || c < 1 || h < 1 || w < 1) {
    return stand_in::refuse(BAD_PARAM, "cuDNN: no such tensor");
  }
  *tensor = {type, {n, h, w, c}};
  return SUCCESS;
}

int out_extent(int in, int padding, int kernel, int dilation, int stride) {
  return (in + 2 * padding - (dilation * (kernel - 1) + 1)) / stride + 1;
}

// What cuDNN would make of these descriptors; false where they do not belong together.
bool combine(const Tensor& x, const Tensor& w, const Tensor& y, const Geometry& g, Convolution& v) {
  const Extent expected{x.extent.n, out_extent(x.extent.h, g.padding_h, w.extent.h, g.dilation_h, g.stride_h),
                        out_extent(x.extent.w, g.padding_w, w.extent.w, g.dilation_w, g.stride_w), w.extent.n};
  const bool types =
      x.type == w.type && w.type == y.type && g.math != (x.type == DATA_FLOAT ? TENSOR_OP_MATH : FMA_MATH);
  if (!types || !(y.extent == expected) || x.extent.c != w.extent.c * g.groups || w.extent.n % g.groups != 0) {
    return false;
  }
  const Type type = x.type == DATA_FLOAT ? Type::FLOAT : x.type == DATA_HALF ? Type::HALF : Type::BFLOAT16;
  v = {x.extent,   w.extent,   y.extent,     type,         g.padding_h, g.padding_w,
       g.stride_h, g.stride_w, g.dilation_h, g.dilation_w, g.groups,    type == Type::FLOAT && g.math == DEFAULT_MATH};
  return true;
}

std::size_t workspace_of(const Convolution& v, int algorithm) { return algorithm == 1 ? v.bytes(v.w) + 512 : 0; }

bool apart(const void* a, std::size_t a_bytes, const void* b, std::size_t b_bytes) {
  auto first = reinterpret_cast<std::uintptr_t>(a);
  auto second = reinterpret_cast<std::uintptr_t>(b);
  return first + a_bytes <= second || second + b_bytes <= first;
}

struct Operands {
  const void *x, *w, *y;
  void* out;
  void* workspace;
  std::size_t workspace_bytes;
};

// Done when the stream comes to it. The workspace is lost to the caller.
void run(const Convolution& v, Pass pass, float alpha, float beta, const Operands& o) {
  struct Part {
    const void* at;
    std::size_t bytes;
  };
  const Part parts[] = {
      {o.x, v.bytes(v.x)}, {o.w, v.bytes(v.w)}, {o.y, v.bytes(v.y)}, {o.workspace, o.workspace_bytes}};
  const int written = pass == Pass::FORWARD ? 2 : pass == Pass::BACKWARD_DATA ? 0 : 1;
  for (int i = 0; i < 4; ++i) {
    if (parts[i].bytes == 0) continue;
    if (!stand_in_covers(parts[i].at, parts[i].bytes)) {
      stand_in_fault("a convolution goes beyond device memory");
      return;
    }
    if (reinterpret_cast<std::uintptr_t>(parts[i].at) % 16 != 0) {
      stand_in_fault("a convolution's operand does not lie on 16 bytes");
      return;
    }
    for (int j = 0; j < 4; ++j) {
      if (j == i || (i != written && i != 3)) continue;
      if (!apart(parts[i].at, parts[i].bytes, parts[j].at, parts[j].bytes)) {
        stand_in_fault("a convolution writes over its own operands");
        return;
      }
    }
  }
  if (o.workspace_bytes > 0) std::memset(o.workspace, 0xff, o.workspace_bytes);
  stand_in::convolve(v, pass, alpha, beta, o.x, o.w, o.y, o.out);
}

int convolve(Handle* handle, Pass pass, const Tensor* x, const Tensor* w, const Tensor* y, const Geometry* g,
             int algorithm, const float* alpha, const float* beta, Operands o) {
  Convolution v;
  if (!combine(*x, *w, *y, *g, v)) return stand_in::refuse(BAD_PARAM, "cuDNN: no such convolution");
  if (algorithm < 0 || algorithm > 1) return NOT_SUPPORTED;
  const std::size_t needed = workspace_of(v, algorithm);
  if (o.workspace_bytes < needed) return stand_in::refuse(BAD_PARAM, "cuDNN: less workspace than the algorithm needs");
  o.workspace_bytes = needed;
  const float a = *alpha;
  const float b = *beta;
  stand_in::submit(handle->stream, "convolution", [=] { run(v, pass, a, b, o); });
  return SUCCESS;
}

// Tries every algorithm, which overwrites the output and waits for the device.
int find(Handle* handle, Pass pass, const Tensor* x, const Tensor* w, const Tensor* y, const Geometry* g, int wanted,
         int* returned, Performance* found, Operands o) {
  Convolution v;
  if (stand_in_records(handle->stream)) {
    return stand_in::refuse(EXECUTION_FAILED, "cuDNN searches while a graph is recorded");
  }
  // Nobody has promised what this is after a call that has failed.
  *returned = pass == Pass::FORWARD ? 0 : 1 << 30;
  if (!combine(*x, *w, *y, *g, v)) return stand_in::refuse(BAD_PARAM, "cuDNN: no such convolution");
  const float one = 1;
  const float zero = 0;
  *returned = 0;
  for (int algorithm = 0; algorithm < ALGORITHMS && *returned < wanted; ++algorithm) {
    const std::size_t needed = workspace_of(v, algorithm);
    int status = algorithm == 2 || needed > o.workspace_bytes ? static_cast<int>(NOT_SUPPORTED) : SUCCESS;
    if (status == SUCCESS) status = convolve(handle, pass, x, w, y, g, algorithm, &one, &zero, o);
    found[(*returned)++] = {algorithm,
                            status,
                            status == SUCCESS ? 1.f + algorithm : -1.f,
                            needed,
                            algorithm == 0 ? NON_DETERMINISTIC : DETERMINISTIC,
                            g->math,
                            {0, 0, 0}};
  }
  stand_in_finish();
  return SUCCESS;
}

int workspace(const Tensor* x, const Tensor* w, const Tensor* y, const Geometry* g, int algorithm, std::size_t* bytes) {
  Convolution v;
  if (!combine(*x, *w, *y, *g, v)) return stand_in::refuse(BAD_PARAM, "cuDNN: no such convolution");
  if (algorithm < 0 || algorithm > 1) return NOT_SUPPORTED;
  *bytes = workspace_of(v, algorithm);
  return SUCCESS;
}

template <class T>
int create(T** descriptor) {
  *descriptor = new T();
  return SUCCESS;
}

template <class T>
int destroy(T* descriptor) {
  delete descriptor;
  return SUCCESS;
}

}  // namespace

extern "C" {

std::size_t cudnnGetVersion() { return 91100; }

const char* cudnnGetErrorString(int status) {
  switch (status) {
    case SUCCESS: return "CUDNN_STATUS_SUCCESS";
    case BAD_PARAM: return "CUDNN_STATUS_BAD_PARAM";
    case NOT_SUPPORTED: return "CUDNN_STATUS_NOT_SUPPORTED";
    default: return "CUDNN_STATUS_EXECUTION_FAILED";
  }
}

int cudnnCreate(Handle** handle) { return create(handle); }
int cudnnDestroy(Handle* handle) { return destroy(handle); }

int cudnnSetStream(Handle* handle, void* stream) {
  handle->stream = stream;
  return SUCCESS;
}

// ---- descriptors ----------------------------------------------------------------------------------------------

int cudnnCreateTensorDescriptor(Tensor** tensor) { return create(tensor); }
int cudnnDestroyTensorDescriptor(Tensor* tensor) { return destroy(tensor); }
int cudnnCreateFilterDescriptor(Tensor** filter) { return create(filter); }
int cudnnDestroyFilterDescriptor(Tensor* filter) { return destroy(filter); }
int cudnnCreateConvolutionDescriptor(Geometry** geometry) { return create(geometry); }
int cudnnDestroyConvolutionDescriptor(Geometry* geometry) { return destroy(geometry); }

int cudnnSetTensor4dDescriptor(Tensor* tensor, int format, int type, int n, int c, int h, int w) {
  return set(tensor, format, type, n, c, h, w);
}

int cudnnSetFilter4dDescriptor(Tensor* filter, int type, int format, int k, int c, int h, int w) {
  return set(filter, format, type, k, c, h, w);
}

int cudnnSetConvolution2dDescriptor(Geometry* geometry, int padding_h, int padding_w, int stride_h, int stride_w,
                                    int dilation_h, int dilation_w, int mode, int compute) {
  if (padding_h < 0 || padding_w < 0 || stride_h < 1 || stride_w < 1 || dilation_h < 1 || dilation_w < 1 ||
      mode != CROSS_CORRELATION || compute != DATA_FLOAT) {
    return stand_in::refuse(BAD_PARAM, "cuDNN: no such geometry");
  }
  *geometry = {padding_h, padding_w, stride_h, stride_w, dilation_h, dilation_w};
  return SUCCESS;
}

int cudnnSetConvolutionGroupCount(Geometry* geometry, int groups) {
  geometry->groups = groups;
  return groups > 0 ? SUCCESS : BAD_PARAM;
}

int cudnnSetConvolutionMathType(Geometry* geometry, int math) {
  if (math != DEFAULT_MATH && math != TENSOR_OP_MATH && math != FMA_MATH) return BAD_PARAM;
  geometry->math = math;
  return SUCCESS;
}

// ---- the three passes -----------------------------------------------------------------------------------------

int cudnnFindConvolutionForwardAlgorithmEx(Handle* handle, const Tensor* x_of, const void* x, const Tensor* w_of,
                                           const void* w, const Geometry* geometry, const Tensor* y_of, void* y,
                                           int wanted, int* returned, Performance* found, void* space,
                                           std::size_t bytes) {
  return find(handle, Pass::FORWARD, x_of, w_of, y_of, geometry, wanted, returned, found, {x, w, y, y, space, bytes});
}

int cudnnFindConvolutionBackwardDataAlgorithmEx(Handle* handle, const Tensor* w_of, const void* w, const Tensor* dy_of,
                                                const void* dy, const Geometry* geometry, const Tensor* dx_of, void* dx,
                                                int wanted, int* returned, Performance* found, void* space,
                                                std::size_t bytes) {
  return find(handle, Pass::BACKWARD_DATA, dx_of, w_of, dy_of, geometry, wanted, returned, found,
              {dx, w, dy, dx, space, bytes});
}

int cudnnFindConvolutionBackwardFilterAlgorithmEx(Handle* handle, const Tensor* x_of, const void* x,
                                                  const Tensor* dy_of, const void* dy, const Geometry* geometry,
                                                  const Tensor* dw_of, void* dw, int wanted, int* returned,
                                                  Performance* found, void* space, std::size_t bytes) {
  return find(handle, Pass::BACKWARD_WEIGHTS, x_of, dw_of, dy_of, geometry, wanted, returned, found,
              {x, dw, dy, dw, space, bytes});
}

int cudnnGetConvolutionForwardWorkspaceSize(Handle*, const Tensor* x, const Tensor* w, const Geometry* geometry,
                                            const Tensor* y, int algorithm, std::size_t* bytes) {
  return workspace(x, w, y, geometry, algorithm, bytes);
}

int cudnnGetConvolutionBackwardDataWorkspaceSize(Handle*, const Tensor* w, const Tensor* dy, const Geometry* geometry,
                                                 const Tensor* dx, int algorithm, std::size_t* bytes) {
  return workspace(dx, w, dy, geometry, algorithm, bytes);
}

int cudnnGetConvolutionBackwardFilterWorkspaceSize(Handle*, const Tensor* x, const Tensor* dy, const Geometry* geometry,
                                                   const Tensor* dw, int algorithm, std::size_t* bytes) {
  return workspace(x, dw, dy, geometry, algorithm, bytes);
}

int cudnnConvolutionForward(Handle* handle, const float* alpha, const Tensor* x_of, const void* x, const Tensor* w_of,
                            const void* w, const Geometry* geometry, int algorithm, void* space, std::size_t bytes,
                            const float* beta, const Tensor* y_of, void* y) {
  return convolve(handle, Pass::FORWARD, x_of, w_of, y_of, geometry, algorithm, alpha, beta,
                  {x, w, y, y, space, bytes});
}

int cudnnConvolutionBackwardData(Handle* handle, const float* alpha, const Tensor* w_of, const void* w,
                                 const Tensor* dy_of, const void* dy, const Geometry* geometry, int algorithm,
                                 void* space, std::size_t bytes, const float* beta, const Tensor* dx_of, void* dx) {
  return convolve(handle, Pass::BACKWARD_DATA, dx_of, w_of, dy_of, geometry, algorithm, alpha, beta,
                  {dx, w, dy, dx, space, bytes});
}

int cudnnConvolutionBackwardFilter(Handle* handle, const float* alpha, const Tensor* x_of, const void* x,
                                   const Tensor* dy_of, const void* dy, const Geometry* geometry, int algorithm,
                                   void* space, std::size_t bytes, const float* beta, const Tensor* dw_of, void* dw) {
  return convolve(handle, Pass::BACKWARD_WEIGHTS, x_of, dw_of, dy_of, geometry, algorithm, alpha, beta,
                  {x, dw, dy, dw, space, bytes});
}

}  // extern "C"
