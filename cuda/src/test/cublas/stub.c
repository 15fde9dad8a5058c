/* Stands for libcublas.so.13: each function notes that it was called and what with. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static char called[1024];

static int note(const char* name) {
  strncat(called, name, sizeof called - strlen(called) - 2);
  strcat(called, " ");
  return 0;
}

const char* cublasStubCalled(void) { return called; }

int cublasCreate_v2(void** handle) { *handle = (void*)0x1234; return note("create"); }
int cublasDestroy_v2(void* handle) { return handle == (void*)0x1234 ? note("destroy") : 7; }
int cublasGetVersion_v2(void* handle, int* version) { (void)handle; *version = 130001; return note("version"); }
int cublasSetStream_v2(void* handle, void* stream) { (void)handle; (void)stream; return note("stream"); }
int cublasSetWorkspace_v2(void* handle, void* workspace, size_t bytes) {
  (void)handle;
  return workspace == (void*)0x5000 && bytes == 4096 ? note("workspace") : 7;
}
int cublasSetMathMode(void* handle, int mode) { (void)handle; return mode == 3 ? note("mode") : 7; }
int cublasSetPointerMode_v2(void* handle, int mode) { (void)handle; return mode == 1 ? note("pointers") : 7; }

/* Answers 0 only where every argument has arrived in its place. */
int cublasGemmEx(void* handle, int transa, int transb, int m, int n, int k, const void* alpha, const void* a, int atype,
                 int lda, const void* b, int btype, int ldb, const void* beta, void* c, int ctype, int ldc, int compute,
                 int algorithm) {
  int right = handle == (void*)0x1234 && transa == 1 && transb == 0 && m == 2 && n == 3 && k == 4 &&
              *(const float*)alpha == 1 && a == (void*)0x1000 && atype == 0 && lda == 5 && b == (void*)0x2000 &&
              btype == 14 && ldb == 6 && *(const float*)beta == 0 && c == (void*)0x3000 && ctype == 2 && ldc == 7 &&
              compute == 68 && algorithm == -1;
  return right ? note("gemm") : 7;
}
