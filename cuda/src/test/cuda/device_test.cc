// What device.cuh wraps, each against what its comment says.
#include "test.h"

using namespace test;

namespace {

template <class T>
KERNEL(32)
product_kernel(float* d, const T* a, const T* b) {
  const int group = threadIdx.x / 4;
  const int pair = threadIdx.x % 4 * 2;
  auto word = [](T low, T high) { return low.bits | static_cast<std::uint32_t>(high.bits) << 16; };
  std::uint32_t fragment_a[4];
  std::uint32_t fragment_b[2];
  float fragment_d[4];
  for (int i = 0; i < 4; ++i) {
    const T* at = a + (group + i % 2 * 8) * 16 + pair + i / 2 * 8;
    fragment_a[i] = word(at[0], at[1]);
  }
  for (int i = 0; i < 2; ++i) {
    const T* at = b + (pair + i * 8) * 8 + group;
    fragment_b[i] = word(at[0], at[8]);
  }
  for (int i = 0; i < 4; ++i) fragment_d[i] = d[(group + i / 2 * 8) * 8 + pair + i % 2];
  mma_16x8x16<T>(fragment_d, fragment_a, fragment_b);
  for (int i = 0; i < 4; ++i) d[(group + i / 2 * 8) * 8 + pair + i % 2] = fragment_d[i];
}

// Row r of matrix i is row 8 i + r of `in`, each 16 numbers apart; `out` (COUNT, 8, 8).
template <int COUNT, bool TRANSPOSED>
KERNEL(32)
matrices_kernel(std::uint16_t* out, const float16* in) {
  SHARED(float16, tile, COUNT * 8 * 16);
  for (int i = threadIdx.x; i < COUNT * 8 * 16; i += 32) tile[i] = in[i];
  __syncthreads();
  std::uint32_t words[COUNT];
  load_matrices<COUNT, TRANSPOSED>(words, tile + threadIdx.x % (COUNT * 8) * 16);
  for (int i = 0; i < COUNT; ++i) {
    const int group = threadIdx.x / 4;
    const int pair = threadIdx.x % 4 * 2;
    for (int k = 0; k < 2; ++k) {
      const int row = TRANSPOSED ? pair + k : group;
      const int column = TRANSPOSED ? group : pair + k;
      out[(i * 8 + row) * 8 + column] = static_cast<std::uint16_t>(words[i] >> 16 * k);
    }
  }
}

template <class T>
void check_product() {
  check(std::string("mma_16x8x16 ") + type_name<T>(), [](Draw& draw) {
    auto a = draw.input<T>(16 * 16);
    auto b = draw.input<T>(16 * 8);
    auto d = draw.updated<float>(16 * 8);
    draw.run([&] {
      launch("product", product_kernel<T>, dim3(1), dim3(32), 0, nullptr, d.data, static_cast<const T*>(a.data),
             static_cast<const T*>(b.data));
    });
    std::vector<double> exact = draw.before(d);
    std::vector<float> plain(exact.begin(), exact.end());
    for (int row = 0; row < 16; ++row) {
      for (int column = 0; column < 8; ++column) {
        for (int k = 0; k < 16; ++k) {
          exact[row * 8 + column] += a[row * 16 + k] * b[k * 8 + column];
          plain[row * 8 + column] += static_cast<float>(a[row * 16 + k]) * static_cast<float>(b[k * 8 + column]);
        }
      }
    }
    draw.expect("d", d, exact, plain);
  });
}

template <int COUNT, bool TRANSPOSED>
void check_matrices() {
  check("load_matrices " + std::to_string(COUNT) + (TRANSPOSED ? " transposed" : ""), [](Draw& draw) {
    auto in = draw.input<float16>(COUNT * 8 * 16);
    auto out = draw.output<float16>(COUNT * 8 * 8);
    draw.run([&] {
      launch("matrices", matrices_kernel<COUNT, TRANSPOSED>, dim3(1), dim3(32), 0, nullptr,
             reinterpret_cast<std::uint16_t*>(out.data), static_cast<const float16*>(in.data));
    });
    std::vector<double> exact(out.count);
    for (int row = 0; row < COUNT * 8; ++row) {
      for (int column = 0; column < 8; ++column) exact[row * 8 + column] = in[row * 16 + column];
    }
    draw.expect_equal("out", out, exact);
  });
}

}  // namespace

TEST(product_matches_reference) {
  check_product<bfloat16>();
  check_product<float16>();
}

TEST(matrices_arrive_as_told) {
  check_matrices<2, false>();
  check_matrices<2, true>();
  check_matrices<4, false>();
  check_matrices<4, true>();
}

#ifndef __CUDACC__  // on a GPU it ends the program
TEST(a_row_off_sixteen_bytes_is_refused) {
  expect_error("load_matrices", "16 bytes", [] {
    float16 in[4 * 8 * 16 + 1] = {};
    launch(
        "matrices",
        +[](const float16* from) {
          std::uint32_t words[4];
          load_matrices<4, false>(words, from + 1);
        },
        dim3(1), dim3(32), 0, nullptr, static_cast<const float16*>(in));
  });
}
#endif
