// libcublas.so.13: plain loops for the one product that Selkie asks for.
#include <cstdint>
#include <optional>

#include "device.h"
#include "numbers.h"

using stand_in::Type;

namespace {

// Numbers of cublasStatus_t, cudaDataType, cublasComputeType_t and cublasOperation_t, as CUDA's headers have them.
enum Status { SUCCESS = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, EXECUTION_FAILED = 13, NOT_SUPPORTED = 15 };
enum { R_32F = 0, R_16F = 2, R_16BF = 14 };
enum { COMPUTE_32F = 68, COMPUTE_32F_FAST_TF32 = 77 };
enum { OP_N = 0, OP_T = 1 };
enum { GEMM_DEFAULT = -1 };

struct Handle {
  void* stream = nullptr;
  bool has_workspace = false;
};

// A matrix stored by columns.
struct Matrix {
  int rows, columns, stride;
  Type type;
  std::size_t numbers() const { return static_cast<std::size_t>(stride) * (columns - 1) + rows; }
  std::size_t bytes() const { return numbers() * size(type); }
};

std::optional<Type> type(int number) {
  switch (number) {
    case R_32F: return Type::FLOAT;
    case R_16F: return Type::HALF;
    case R_16BF: return Type::BFLOAT16;
    default: return {};
  }
}

struct Product {
  bool transpose_a, transpose_b;
  int m, n, k;
  Matrix a, b, c;
  float alpha, beta;
  bool tf32;
};

void multiply(const Product& p, const void* a, const void* b, void* c) {
  if (!stand_in_covers(a, p.a.bytes()) || !stand_in_covers(b, p.b.bytes()) || !stand_in_covers(c, p.c.bytes())) {
    stand_in_fault("cublasGemmEx goes beyond device memory");
    return;
  }
  // So large a product is asked for to be timed, and there is nothing to time here.
  if (static_cast<double>(p.m) * p.n * p.k > 1e11) return;
  std::vector<float> left = read(a, p.a.numbers(), p.a.type);
  std::vector<float> right = read(b, p.b.numbers(), p.b.type);
  std::vector<float> out = read(c, p.c.numbers(), p.c.type);
  if (p.tf32) {
    stand_in::round_to_tf32(left);
    stand_in::round_to_tf32(right);
  }
  for (int j = 0; j < p.n; ++j) {
    for (int i = 0; i < p.m; ++i) {
      float sum = 0;
      for (int k = 0; k < p.k; ++k) {
        const std::size_t l =
            p.transpose_a ? k + static_cast<std::size_t>(i) * p.a.stride : i + static_cast<std::size_t>(k) * p.a.stride;
        const std::size_t r =
            p.transpose_b ? j + static_cast<std::size_t>(k) * p.b.stride : k + static_cast<std::size_t>(j) * p.b.stride;
        sum += left[l] * right[r];
      }
      float& to = out[i + static_cast<std::size_t>(j) * p.c.stride];
      // Where beta is 0, what was there may be anything.
      to = p.beta == 0 ? p.alpha * sum : p.alpha * sum + p.beta * to;
    }
  }
  write(c, out, p.c.type);
}

}  // namespace

extern "C" {

int cublasCreate_v2(Handle** handle) {
  *handle = new Handle;
  return SUCCESS;
}

int cublasDestroy_v2(Handle* handle) {
  delete handle;
  return SUCCESS;
}

int cublasGetVersion_v2(Handle*, int* version) {
  *version = 130001;
  return SUCCESS;
}

// Sets the workspace back to cuBLAS's own, as the manual says.
int cublasSetStream_v2(Handle* handle, void* stream) {
  handle->stream = stream;
  handle->has_workspace = false;
  return SUCCESS;
}

int cublasSetWorkspace_v2(Handle* handle, void* workspace, std::size_t bytes) {
  if (reinterpret_cast<std::uintptr_t>(workspace) % 256 != 0 || !stand_in_covers(workspace, bytes)) {
    return stand_in::refuse(INVALID_VALUE, "cublasSetWorkspace is not given device memory on 256 bytes");
  }
  handle->has_workspace = true;
  return SUCCESS;
}

int cublasGemmEx(Handle* handle, int transa, int transb, int m, int n, int k, const float* alpha, const void* a,
                 int atype, int lda, const void* b, int btype, int ldb, const float* beta, void* c, int ctype, int ldc,
                 int compute, int algorithm) {
  if (handle == nullptr) return NOT_INITIALIZED;
  auto in = type(atype);
  auto out = type(ctype);
  const bool known = in && out && atype == btype && (*out == *in || *out == Type::FLOAT);
  const bool computes = compute == COMPUTE_32F || (compute == COMPUTE_32F_FAST_TF32 && atype == R_32F);
  if (!known || !computes || algorithm != GEMM_DEFAULT) {
    return stand_in::refuse(NOT_SUPPORTED, "cublasGemmEx has no such product");
  }
  Product p{transa == OP_T,
            transb == OP_T,
            m,
            n,
            k,
            {transa == OP_T ? k : m, transa == OP_T ? m : k, lda, *in},
            {transb == OP_T ? n : k, transb == OP_T ? k : n, ldb, *in},
            {m, n, ldc, *out},
            *alpha,
            *beta,
            compute == COMPUTE_32F_FAST_TF32};
  for (const Matrix& matrix : {p.a, p.b, p.c}) {
    if (matrix.rows < 1 || matrix.columns < 1 || matrix.stride < matrix.rows) {
      return stand_in::refuse(INVALID_VALUE, "cublasGemmEx: a matrix's rows do not fit its stride");
    }
  }
  if (stand_in_records(handle->stream) && !handle->has_workspace) {
    return stand_in::refuse(EXECUTION_FAILED, "cublasGemmEx may need memory while a graph is recorded");
  }
  stand_in::submit(handle->stream, "cublasGemmEx", [=] { multiply(p, a, b, c); });
  return SUCCESS;
}

}  // extern "C"
