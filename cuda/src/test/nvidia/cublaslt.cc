// libcublasLt.so.13: Selkie loads it because the real libcublas needs it, and calls nothing of it.
extern "C" int cublasLtGetVersionOfStandIn() { return 130001; }
