/* A libcublas.so.12 for hosts that have only CUDA 13: JCublas 12.6 asks for that name and that symbol version; every
 * function that Selkie calls hands its arguments on to the same function of libcublas.so.13, whose signatures are
 * the same. A library that is not there shows as CUBLAS_STATUS_NOT_INITIALIZED. */
#include <dlfcn.h>
#include <stddef.h>

enum { NOT_INITIALIZED = 1, NOT_SUPPORTED = 15 };

static void* target(const char* name) {
  static void* library;
  if (library == NULL) library = dlopen("libcublas.so.13", RTLD_LAZY | RTLD_GLOBAL);
  return library == NULL ? NULL : dlsym(library, name);
}

/* One forwarding function: its parameters with their types, and the same without. */
#define FORWARD(name, parameters, arguments)                                                            \
  int name parameters {                                                                                 \
    static int(*function) parameters;                                                                   \
    if (function == NULL) {                                                                             \
      *(void**)(&function) = target(#name);                                                             \
      if (function == NULL) return target("cublasCreate_v2") == NULL ? NOT_INITIALIZED : NOT_SUPPORTED; \
    }                                                                                                   \
    return function arguments;                                                                          \
  }

FORWARD(cublasCreate_v2, (void** handle), (handle))
FORWARD(cublasDestroy_v2, (void* handle), (handle))
FORWARD(cublasGetVersion_v2, (void* handle, int* version), (handle, version))
FORWARD(cublasSetStream_v2, (void* handle, void* stream), (handle, stream))
FORWARD(cublasSetWorkspace_v2, (void* handle, void* workspace, size_t bytes), (handle, workspace, bytes))
FORWARD(cublasGemmEx,
        (void* handle, int transa, int transb, int m, int n, int k, const void* alpha, const void* a, int atype,
         int lda, const void* b, int btype, int ldb, const void* beta, void* c, int ctype, int ldc, int compute,
         int algorithm),
        (handle, transa, transb, m, n, k, alpha, a, atype, lda, b, btype, ldb, beta, c, ctype, ldc, compute, algorithm))
