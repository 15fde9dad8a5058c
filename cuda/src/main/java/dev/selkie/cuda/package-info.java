/**
 * The CUDA backend: hand-written kernels behind JNI.
 *
 * <p>{@link dev.selkie.cuda.Kernels} declares the natives and nothing else. Each family of verbs is
 * an interface of default methods that hand tensors' addresses to them. The same natives exist
 * twice: in {@code libselkie_kernels.so}, built by nvcc, and in {@code libselkie_kernels_host.so},
 * in which every CUDA thread is a fiber on the host, for tests on machines without a GPU.
 */
package dev.selkie.cuda;
