// Natives of selective kernels; javac writes the header from SelectNatives.java.
#include "arguments.h"
#include <dev_selkie_cuda_SelectNatives.h>

#define NATIVE(name) extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_SelectNatives_##name

namespace {

// How many branches there are: as many as the first array has addresses.
int branches_in(JNIEnv* env, const Arguments& a, const char* name, jlongArray addresses) {
  if (addresses == nullptr) a.refuse(std::string(name) + " is null");
  const int M = env->GetArrayLength(addresses);
  if (M < 1 || M > MAX_BRANCHES) {
    a.refuse(std::string(name) + " has " + std::to_string(M) + " branches but one to three are launched");
  }
  return M;
}

template <class T>
Branches<T*> branches(JNIEnv* env, const Arguments& a, const char* name, jlongArray addresses, int M) {
  if (branches_in(env, a, name, addresses) != M) {
    a.refuse(std::string(name) + " has not the " + std::to_string(M) + " branches of the others");
  }
  jlong address[MAX_BRANCHES];
  env->GetLongArrayRegion(addresses, 0, M, address);
  Branches<T*> all = {};
  for (int m = 0; m < M; ++m) all.of[m] = a.required<T>((name + ("[" + std::to_string(m) + "]")).c_str(), address[m]);
  return all;
}

// Indices of the small layers are ints.
void hidden_units(const Arguments& a, jint units, jint n, jint c) {
  a.positive("hiddenUnits", units);
  if (static_cast<long long>(units) * (n > c ? n : c) > INT_MAX / 4) {
    a.refuse("hiddenUnits is " + std::to_string(units) + ", too many for n = " + std::to_string(n) +
             " and c = " + std::to_string(c));
  }
}

}  // namespace

NATIVE(selectStatistics)
(JNIEnv* env, jclass, jlongArray statistics, jlongArray running_means, jlongArray running_variances, jlongArray moments,
 jlongArray scales, jlongArray shifts, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectStatistics", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "statistics", statistics);
    const auto to = branches<float>(env, a, "statistics", statistics, M);
    const auto means = branches<float>(env, a, "runningMeans", running_means, M);
    const auto variances = branches<float>(env, a, "runningVariances", running_variances, M);
    const auto from = branches<const float>(env, a, "moments", moments, M);
    const auto scale = branches<const float>(env, a, "scales", scales, M);
    const auto shift = branches<const float>(env, a, "shifts", shifts, M);
    Branches<NormForward> norms = {};
    for (int m = 0; m < M; ++m) {
      norms.of[m] = {to.of[m], means.of[m], variances.of[m], from.of[m], scale.of[m], shift.of[m]};
    }
    select_statistics(norms, M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectSqueeze)
(JNIEnv* env, jclass, jint type, jlong counts, jlongArray xs, jlongArray statistics, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "selectSqueeze", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "xs", xs);
    select_squeeze(a.type(type), a.required<float>("counts", counts), branches<const void>(env, a, "xs", xs, M),
                   branches<const float>(env, a, "statistics", statistics, M), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectFuse)
(JNIEnv* env, jclass, jlong squeeze, jlong linear, jlong hidden_statistics, jlong running_mean, jlong running_variance,
 jlong hidden, jlong weights, jlong counts, jlongArray statistics, jlong squeeze_weight, jlong scale, jlong shift,
 jlong select_weight, jint units, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectFuse", [&](const Arguments& a) {
    a.sizes(n, p, c);
    hidden_units(a, units, n, c);
    const int M = branches_in(env, a, "statistics", statistics);
    const SelectForward select = {
        a.required<float>("squeeze", squeeze),
        a.required<float>("linear", linear),
        {a.required<float>("hiddenStatistics", hidden_statistics), a.required<float>("runningMean", running_mean),
         a.required<float>("runningVariance", running_variance), nullptr, a.required<const float>("scale", scale),
         a.required<const float>("shift", shift)},
        a.required<float>("hidden", hidden),
        a.required<float>("weights", weights),
        a.required<const float>("squeezeWeight", squeeze_weight),
        a.required<const float>("selectWeight", select_weight),
        units};
    select_fuse(select, a.required<const float>("counts", counts),
                branches<const float>(env, a, "statistics", statistics, M), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectForward)
(JNIEnv* env, jclass, jint type, jlong out, jlongArray xs, jlongArray statistics, jlong weights, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "selectForward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "xs", xs);
    select_forward(a.type(type), a.required<void>("out", out), branches<const void>(env, a, "xs", xs, M),
                   branches<const float>(env, a, "statistics", statistics, M),
                   a.required<const float>("weights", weights), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectBackwardSums)
(JNIEnv* env, jclass, jint type, jlong sums, jlong d_out, jlongArray xs, jlongArray statistics, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "selectBackwardSums", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "xs", xs);
    select_backward_sums(a.type(type), a.required<float>("sums", sums), a.required<const void>("dOut", d_out),
                         branches<const void>(env, a, "xs", xs, M),
                         branches<const float>(env, a, "statistics", statistics, M), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectBackwardStatistics)
(JNIEnv* env, jclass, jlong d_squeeze_weight, jlong d_scale, jlong d_shift, jlong d_select_weight, jlong d_squeeze,
 jlong d_logits, jlong d_hidden, jlongArray d_scales, jlongArray d_shifts, jlongArray coefficients, jlong sums,
 jlong counts, jlongArray statistics, jlong squeeze, jlong linear, jlong hidden_statistics, jlong hidden, jlong weights,
 jlong squeeze_weight, jlong select_weight, jint units, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectBackwardStatistics", [&](const Arguments& a) {
    a.sizes(n, p, c);
    hidden_units(a, units, n, c);
    const int M = branches_in(env, a, "statistics", statistics);
    const SelectBackward select = {a.required<float>("dSqueezeWeight", d_squeeze_weight),
                                   a.required<float>("dScale", d_scale),
                                   a.required<float>("dShift", d_shift),
                                   a.required<float>("dSelectWeight", d_select_weight),
                                   a.required<float>("dSqueeze", d_squeeze),
                                   a.required<float>("dLogits", d_logits, 4),
                                   a.required<float>("dHidden", d_hidden, 4),
                                   a.required<const float>("squeeze", squeeze),
                                   a.required<const float>("linear", linear),
                                   a.required<const float>("hiddenStatistics", hidden_statistics),
                                   a.required<const float>("hidden", hidden),
                                   a.required<const float>("weights", weights),
                                   a.required<const float>("squeezeWeight", squeeze_weight),
                                   a.required<const float>("selectWeight", select_weight),
                                   units};
    const auto scale = branches<float>(env, a, "dScales", d_scales, M);
    const auto shift = branches<float>(env, a, "dShifts", d_shifts, M);
    const auto to = branches<float>(env, a, "coefficients", coefficients, M);
    const auto from = branches<const float>(env, a, "statistics", statistics, M);
    Branches<NormBackward> norms = {};
    for (int m = 0; m < M; ++m) {
      norms.of[m] = {scale.of[m], shift.of[m], to.of[m], nullptr, from.of[m], nullptr};
    }
    select_backward_statistics(select, norms, a.required<const float>("sums", sums),
                               a.required<const float>("counts", counts), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectBackward)
(JNIEnv* env, jclass, jint type, jlongArray dxs, jlong d_out, jlongArray xs, jlongArray statistics,
 jlongArray coefficients, jlong weights, jlong d_squeeze, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectBackward", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "dxs", dxs);
    select_backward(
        a.type(type), branches<void>(env, a, "dxs", dxs, M), a.required<const void>("dOut", d_out),
        branches<const void>(env, a, "xs", xs, M), branches<const float>(env, a, "statistics", statistics, M),
        branches<const float>(env, a, "coefficients", coefficients, M), a.required<const float>("weights", weights),
        a.required<const float>("dSqueeze", d_squeeze), M, n, p, c, stream_of(stream));
  });
}

NATIVE(selectFuseInference)
(JNIEnv* env, jclass, jint type, jlong squeeze, jlong linear, jlong hidden, jlong weights, jlongArray xs,
 jlong running_mean, jlong running_variance, jlong squeeze_weight, jlong scale, jlong shift, jlong select_weight,
 jint units, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectFuseInference", [&](const Arguments& a) {
    a.sizes(n, p, c);
    hidden_units(a, units, n, c);
    const int M = branches_in(env, a, "xs", xs);
    const SelectForward select = {a.required<float>("squeeze", squeeze),
                                  a.required<float>("linear", linear),
                                  {nullptr, a.required<float>("runningMean", running_mean),
                                   a.required<float>("runningVariance", running_variance), nullptr,
                                   a.required<const float>("scale", scale), a.required<const float>("shift", shift)},
                                  a.required<float>("hidden", hidden),
                                  a.required<float>("weights", weights),
                                  a.required<const float>("squeezeWeight", squeeze_weight),
                                  a.required<const float>("selectWeight", select_weight),
                                  units};
    select_fuse_inference(a.type(type), select, branches<const void>(env, a, "xs", xs, M), M, n, p, c,
                          stream_of(stream));
  });
}

NATIVE(selectInference)
(JNIEnv* env, jclass, jint type, jlong out, jlongArray xs, jlong weights, jint n, jint p, jint c, jlong stream) {
  guarded(env, "selectInference", [&](const Arguments& a) {
    a.sizes(n, p, c);
    const int M = branches_in(env, a, "xs", xs);
    select_inference(a.type(type), a.required<void>("out", out), branches<const void>(env, a, "xs", xs, M),
                     a.required<const float>("weights", weights), M, n, p, c, stream_of(stream));
  });
}
