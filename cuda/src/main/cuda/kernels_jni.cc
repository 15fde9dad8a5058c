// One function for each launcher: checks, casts, calls. javac writes the header from Kernels.java.
#include "arguments.h"
#include <dev_selkie_cuda_Kernels.h>

#define NATIVE(name) extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_Kernels_##name

// What build-device compiles for.
#ifndef SELKIE_LOWEST_ARCHITECTURE
#define SELKIE_LOWEST_ARCHITECTURE 0
#endif
extern "C" JNIEXPORT jint JNICALL Java_dev_selkie_cuda_Kernels_lowestArchitecture(JNIEnv*, jclass) {
  return SELKIE_LOWEST_ARCHITECTURE;
}

namespace {

NormForward norm_forward(const Arguments& a, const char* what, bool wanted, jlong statistics, jlong running_mean,
                         jlong running_variance, jlong moments, jlong scale, jlong shift) {
  const bool there = a.together(what, {statistics, running_mean, running_variance, moments, scale, shift});
  if (wanted && !there) a.refuse(std::string(what) + " is null");
  return {a.optional<float>("statistics", statistics),
          a.optional<float>("runningMean", running_mean),
          a.optional<float>("runningVariance", running_variance),
          a.optional<const float>("moments", moments),
          a.optional<const float>("scale", scale),
          a.optional<const float>("shift", shift)};
}

NormBackward norm_backward(const Arguments& a, const char* what, bool wanted, jlong d_scale, jlong d_shift,
                           jlong coefficients, jlong sums, jlong statistics, jlong moments) {
  const bool there = a.together(what, {d_scale, d_shift, coefficients, sums, statistics, moments});
  if (wanted && !there) a.refuse(std::string(what) + " is null");
  return {a.optional<float>("dScale", d_scale),
          a.optional<float>("dShift", d_shift),
          a.optional<float>("coefficients", coefficients),
          a.optional<const float>("sums", sums),
          a.optional<const float>("statistics", statistics),
          a.optional<const float>("moments", moments)};
}

ExciteForward excite_forward_of(const Arguments& a, bool wanted, jlong squeeze, jlong hidden, jlong gate, jlong weight1,
                                jlong bias1, jlong weight2, jlong bias2, jint units, jint kind) {
  const bool there = a.together("excitation", {squeeze, hidden, gate, weight1, weight2});
  if (wanted && !there) a.refuse("squeeze is null");
  if (there) a.positive("hiddenUnits", units);
  return {a.optional<float>("squeeze", squeeze),
          a.optional<float>("hidden", hidden),
          a.optional<float>("gate", gate),
          a.optional<const float>("weight1", weight1),
          a.optional<const float>("bias1", bias1),
          a.optional<const float>("weight2", weight2),
          a.optional<const float>("bias2", bias2),
          units,
          a.gate(kind)};
}

ExciteBackward excite_backward_of(const Arguments& a, bool wanted, jlong d_weight1, jlong d_bias1, jlong d_weight2,
                                  jlong d_bias2, jlong d_squeeze, jlong d_gate, jlong d_hidden, jlong squeeze,
                                  jlong hidden, jlong gate, jlong weight1, jlong weight2, jint units, jint kind) {
  const bool there = a.together(
      "excitation", {d_weight1, d_weight2, d_squeeze, d_gate, d_hidden, squeeze, hidden, gate, weight1, weight2});
  if (wanted && !there) a.refuse("dGate is null");
  if (there) a.positive("hiddenUnits", units);
  return {a.optional<float>("dWeight1", d_weight1),
          a.optional<float>("dBias1", d_bias1),
          a.optional<float>("dWeight2", d_weight2),
          a.optional<float>("dBias2", d_bias2),
          a.optional<float>("dSqueeze", d_squeeze),
          a.optional<float>("dGate", d_gate),
          a.optional<float>("dHidden", d_hidden),
          a.optional<const float>("squeeze", squeeze),
          a.optional<const float>("hidden", hidden),
          a.optional<const float>("gate", gate),
          a.optional<const float>("weight1", weight1),
          a.optional<const float>("weight2", weight2),
          units,
          a.gate(kind)};
}

GroupedGeometry grouped_geometry(const Arguments& a, jint n, jint h, jint w, jint c, jint group, jint stride) {
  a.positive("n", n);
  a.positive("h", h);
  a.positive("w", w);
  a.positive("c", c);
  if (h > INT_MAX / w) a.refuse("h * w overflows: " + std::to_string(h) + " * " + std::to_string(w));
  a.sizes(n, h * w, c);
  if (group < 1 || !grouped_convolution_supports(c, c, c / group, 3, 3, stride, 1, 1, 1) || c % group != 0) {
    a.refuse("there is no kernel for c " + std::to_string(c) + " in groups of " + std::to_string(group) + ", stride " +
             std::to_string(stride) + "; groupedConvolutionSupports says for what there is");
  }
  return {n, h, w, c, group, stride};
}

int dilation_of(const Arguments& a, jint dilation) {
  if (dilation < 1 || dilation > 3) a.refuse("dilation is " + std::to_string(dilation) + " but 1, 2 and 3 are known");
  return dilation;
}

}  // namespace

// ---- batch norm, with what is merged into its passes ------------------------------------------------------------

NATIVE(batchNormMoments)
(JNIEnv* env, jclass, jint type, jlong moments, jlong x, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormMoments", [&](const Arguments& a) {
    a.sizes(n, p, c);
    batchnorm_moments(a.type(type), a.required<float>("moments", moments), a.required<const void>("x", x), n, p, c,
                      stream_of(stream));
  });
}

NATIVE(batchNormStatistics)
(JNIEnv* env, jclass, jlong statistics, jlong running_mean, jlong running_variance, jlong moments, jlong scale,
 jlong shift, jlong residual_statistics, jlong residual_running_mean, jlong residual_running_variance,
 jlong residual_moments, jlong residual_scale, jlong residual_shift, jlong squeeze, jlong hidden, jlong gate,
 jlong weight1, jlong bias1, jlong weight2, jlong bias2, jint units, jint kind, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormStatistics", [&](const Arguments& a) {
    a.sizes(n, p, c);
    batchnorm_statistics(
        norm_forward(a, "norm", true, statistics, running_mean, running_variance, moments, scale, shift),
        norm_forward(a, "residual norm", false, residual_statistics, residual_running_mean, residual_running_variance,
                     residual_moments, residual_scale, residual_shift),
        excite_forward_of(a, false, squeeze, hidden, gate, weight1, bias1, weight2, bias2, units, kind), n, p, c,
        stream_of(stream));
  });
}

NATIVE(batchNormForward)
(JNIEnv* env, jclass, jint type, jlong out, jlong mask, jlong x, jlong residual, jlong statistics,
 jlong residual_statistics, jlong gate, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormForward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    if (residual == 0 && residual_statistics != 0) a.refuse("residual is null but residualStatistics is not");
    batchnorm_forward(a.type(type), a.required<void>("out", out), a.optional<std::uint8_t>("mask", mask),
                      a.required<const void>("x", x), a.optional<const void>("residual", residual),
                      a.required<const float>("statistics", statistics),
                      a.optional<const float>("residualStatistics", residual_statistics),
                      a.optional<const float>("gate", gate), n, p, c, stream_of(stream));
  });
}

NATIVE(batchNormBackwardSums)
(JNIEnv* env, jclass, jint type, jlong sums, jlong residual_sums, jlong d_out, jlong mask, jlong x, jlong residual,
 jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormBackwardSums", [&](const Arguments& a) {
    a.sizes(n, p, c);
    a.together("residual", {residual_sums, residual});
    batchnorm_backward_sums(a.type(type), a.required<float>("sums", sums),
                            a.optional<float>("residualSums", residual_sums), a.required<const void>("dOut", d_out),
                            a.optional<const std::uint8_t>("mask", mask), a.required<const void>("x", x),
                            a.optional<const void>("residual", residual), n, p, c, stream_of(stream));
  });
}

NATIVE(batchNormBackwardStatistics)
(JNIEnv* env, jclass, jlong d_scale, jlong d_shift, jlong coefficients, jlong sums, jlong statistics, jlong moments,
 jlong residual_d_scale, jlong residual_d_shift, jlong residual_coefficients, jlong residual_sums,
 jlong residual_statistics, jlong residual_moments, jlong d_weight1, jlong d_bias1, jlong d_weight2, jlong d_bias2,
 jlong d_squeeze, jlong d_gate, jlong d_hidden, jlong squeeze, jlong hidden, jlong gate, jlong weight1, jlong weight2,
 jint units, jint kind, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormBackwardStatistics", [&](const Arguments& a) {
    a.sizes(n, p, c);
    batchnorm_backward_statistics(
        norm_backward(a, "norm", true, d_scale, d_shift, coefficients, sums, statistics, moments),
        norm_backward(a, "residual norm", false, residual_d_scale, residual_d_shift, residual_coefficients,
                      residual_sums, residual_statistics, residual_moments),
        excite_backward_of(a, false, d_weight1, d_bias1, d_weight2, d_bias2, d_squeeze, d_gate, d_hidden, squeeze,
                           hidden, gate, weight1, weight2, units, kind),
        n, p, c, stream_of(stream));
  });
}

NATIVE(batchNormBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong d_residual, jlong d_out, jlong mask, jlong x, jlong residual,
 jlong statistics, jlong coefficients, jlong residual_statistics, jlong residual_coefficients, jlong gate,
 jlong d_squeeze, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormBackward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    a.together("excitation", {gate, d_squeeze});
    if (a.together("residual norm", {residual, residual_statistics, residual_coefficients}) && d_residual == 0) {
      a.refuse("dResidual is null but the residual's norm is not");
    }
    batchnorm_backward(
        a.type(type), a.required<void>("dx", dx), a.optional<void>("dResidual", d_residual),
        a.required<const void>("dOut", d_out), a.optional<const std::uint8_t>("mask", mask),
        a.required<const void>("x", x), a.optional<const void>("residual", residual),
        a.required<const float>("statistics", statistics), a.required<const float>("coefficients", coefficients),
        a.optional<const float>("residualStatistics", residual_statistics),
        a.optional<const float>("residualCoefficients", residual_coefficients), a.optional<const float>("gate", gate),
        a.optional<const float>("dSqueeze", d_squeeze), n, p, c, stream_of(stream));
  });
}

// ---- squeeze-and-excitation where it stands alone ---------------------------------------------------------------

NATIVE(exciteForward)
(JNIEnv* env, jclass, jint type, jlong squeeze, jlong hidden, jlong gate, jlong winners, jlong x, jlong weight1,
 jlong bias1, jlong weight2, jlong bias2, jint units, jint kind, jint n, jint p, jint c, jlong stream) {
  guarded(env, "exciteForward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    excite_forward(a.type(type),
                   excite_forward_of(a, true, squeeze, hidden, gate, weight1, bias1, weight2, bias2, units, kind),
                   a.optional<float>("winners", winners), a.required<const void>("x", x), n, p, c, stream_of(stream));
  });
}

NATIVE(exciteBackward)
(JNIEnv* env, jclass, jint type, jlong d_weight1, jlong d_bias1, jlong d_weight2, jlong d_bias2, jlong d_squeeze,
 jlong d_gate, jlong d_hidden, jlong dy, jlong x, jlong squeeze, jlong hidden, jlong gate, jlong weight1, jlong weight2,
 jint units, jint kind, jint n, jint p, jint c, jlong stream) {
  guarded(env, "exciteBackward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    excite_backward(a.type(type),
                    excite_backward_of(a, true, d_weight1, d_bias1, d_weight2, d_bias2, d_squeeze, d_gate, d_hidden,
                                       squeeze, hidden, gate, weight1, weight2, units, kind),
                    a.required<const void>("dy", dy), a.required<const void>("x", x), n, p, c, stream_of(stream));
  });
}

// ---- grouped 3x3 convolution --------------------------------------------------------------------------------------

extern "C" JNIEXPORT jboolean JNICALL Java_dev_selkie_cuda_Kernels_groupedConvolutionSupports(
    JNIEnv*, jclass, jint in, jint out, jint groups, jint kernel_height, jint kernel_width, jint stride, jint dilation,
    jint padding_height, jint padding_width) {
  return grouped_convolution_supports(in, out, groups, kernel_height, kernel_width, stride, dilation, padding_height,
                                      padding_width);
}

extern "C" JNIEXPORT jlong JNICALL Java_dev_selkie_cuda_Kernels_groupedConvolutionMomentsScratch(
    JNIEnv* env, jclass, jint branches, jint n, jint h, jint w, jint c, jint group, jint stride) {
  jlong floats = 0;
  guarded(env, "groupedConvolutionMomentsScratch", [&](const Arguments& a) {
    floats = grouped_convolution_moments_scratch(grouped_geometry(a, n, h, w, c, group, stride), branches);
  });
  return floats;
}

extern "C" JNIEXPORT jlong JNICALL Java_dev_selkie_cuda_Kernels_groupedConvolutionWeightsScratch(JNIEnv* env, jclass,
                                                                                                 jint n, jint h, jint w,
                                                                                                 jint c, jint group,
                                                                                                 jint stride) {
  jlong floats = 0;
  guarded(env, "groupedConvolutionWeightsScratch", [&](const Arguments& a) {
    floats = grouped_convolution_weights_scratch(grouped_geometry(a, n, h, w, c, group, stride));
  });
  return floats;
}

NATIVE(groupedConvolutionForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong moments, jlong weight, jint dilation, jlong y2, jlong moments2,
 jlong weight2, jint dilation2, jlong y3, jlong moments3, jlong weight3, jint dilation3, jlong x, jlong scratch, jint n,
 jint h, jint w, jint c, jint group, jint stride, jlong stream) {
  guarded(env, "groupedConvolutionForward", [&](const Arguments& a) {
    const GroupedGeometry geometry = grouped_geometry(a, n, h, w, c, group, stride);
    int count = 0;
    GroupedForward branches[GROUPED_BRANCHES];
    auto add = [&](jlong out, jlong measured, jlong weights, jint d) {
      branches[count++] = {a.required<void>("y", out), a.optional<float>("moments", measured),
                           a.required<const float>("weight", weights), dilation_of(a, d)};
    };
    add(y, moments, weight, dilation);
    if (a.together("the second branch", {y2, weight2})) add(y2, moments2, weight2, dilation2);
    if (a.together("the third branch", {y3, weight3})) add(y3, moments3, weight3, dilation3);
    for (int b = 1; b < count; ++b) {
      if ((branches[b].moments == nullptr) != (moments == 0)) {
        a.refuse("moments are there in part; give those of all branches or none");
      }
    }
    const bool needed = moments != 0 && grouped_convolution_moments_scratch(geometry, count) > 0;
    grouped_convolution_forward(a.type(type), branches, count, a.required<const void>("x", x),
                                needed ? a.required<float>("scratch", scratch) : nullptr, geometry, stream_of(stream));
  });
}

NATIVE(groupedConvolutionBackwardData)
(JNIEnv* env, jclass, jint type, jlong dx, jboolean accumulate, jlong dy, jlong weight, jint dilation, jlong dy2,
 jlong weight2, jint dilation2, jlong dy3, jlong weight3, jint dilation3, jint n, jint h, jint w, jint c, jint group,
 jint stride, jlong stream) {
  guarded(env, "groupedConvolutionBackwardData", [&](const Arguments& a) {
    const GroupedGeometry geometry = grouped_geometry(a, n, h, w, c, group, stride);
    int count = 0;
    GroupedBackward branches[GROUPED_BRANCHES];
    auto add = [&](jlong gradient, jlong weights, jint d) {
      branches[count++] = {a.required<const void>("dy", gradient), a.required<const float>("weight", weights),
                           dilation_of(a, d)};
    };
    add(dy, weight, dilation);
    if (a.together("the second branch", {dy2, weight2})) add(dy2, weight2, dilation2);
    if (a.together("the third branch", {dy3, weight3})) add(dy3, weight3, dilation3);
    grouped_convolution_backward_data(a.type(type), a.required<void>("dx", dx), accumulate, branches, count, geometry,
                                      stream_of(stream));
  });
}

NATIVE(groupedConvolutionBackwardWeights)
(JNIEnv* env, jclass, jint type, jlong d_weight, jlong x, jlong dy, jlong scratch, jint dilation, jint n, jint h,
 jint w, jint c, jint group, jint stride, jlong stream) {
  guarded(env, "groupedConvolutionBackwardWeights", [&](const Arguments& a) {
    const GroupedGeometry geometry = grouped_geometry(a, n, h, w, c, group, stride);
    grouped_convolution_backward_weights(a.type(type), a.required<float>("dWeight", d_weight),
                                         a.required<const void>("x", x), a.required<const void>("dy", dy),
                                         a.required<float>("scratch", scratch), dilation_of(a, dilation), geometry,
                                         stream_of(stream));
  });
}
