// StepNatives.java: one function for each launcher.
#include "arguments.h"
#include <cmath>
#include <cstddef>
#include <dev_selkie_cuda_StepNatives.h>

#define NATIVE(name) extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_StepNatives_##name

static_assert(sizeof(StepState) == dev_selkie_cuda_StepNatives_STATE_BYTES, "StepNatives.java says another size");
static_assert(offsetof(StepState, loss_scale) == dev_selkie_cuda_StepNatives_STATE_LOSS_SCALE,
              "StepNatives.java says another place");
static_assert(offsetof(StepState, skipped) == dev_selkie_cuda_StepNatives_STATE_SKIPPED,
              "StepNatives.java says another place");

namespace {

Activation activation_of(const Arguments& a, jint code) {
  if (code < 0 || code > 2) a.refuse("activation is " + std::to_string(code) + " but 0, 1 and 2 are known");
  return static_cast<Activation>(code);
}

RunningNorm norm_of(const Arguments& a, jlong scale, jlong shift, jlong mean, jlong variance) {
  return {a.required<const float>("scale", scale), a.required<const float>("shift", shift),
          a.required<const float>("mean", mean), a.required<const float>("variance", variance)};
}

StepState* state_of(const Arguments& a, jlong state) { return a.required<StepState>("state", state); }

}  // namespace

// ---- biases and the loss ------------------------------------------------------------------------------------------

extern "C" JNIEXPORT jlong JNICALL Java_dev_selkie_cuda_StepNatives_biasBackwardScratch(JNIEnv* env, jclass, jlong m,
                                                                                        jint c) {
  jlong floats = 0;
  guarded(env, "biasBackwardScratch", [&](const Arguments& a) {
    a.rows(m, c);
    floats = bias_backward_scratch(m, c);
  });
  return floats;
}

NATIVE(biasBackward)
(JNIEnv* env, jclass, jint type, jlong d_bias, jlong scratch, jlong dy, jlong m, jint c, jlong stream) {
  guarded(env, "biasBackward", [&](const Arguments& a) {
    a.rows(m, c);
    bias_backward(a.type(type), a.required<float>("dBias", d_bias), a.required<float>("scratch", scratch),
                  a.required<const void>("dy", dy), m, c, stream_of(stream));
  });
}

NATIVE(softmaxCrossEntropy)
(JNIEnv* env, jclass, jint type, jlong loss, jlong d_logits, jlong logits, jlong labels, jlong state, jfloat smoothing,
 jint n, jint k, jlong stream) {
  guarded(env, "softmaxCrossEntropy", [&](const Arguments& a) {
    a.positive("n", n);
    a.positive("k", k);
    if (!(smoothing >= 0 && smoothing < 1)) {
      a.refuse("smoothing is " + std::to_string(smoothing) + " but must be at least 0 and below 1");
    }
    softmax_cross_entropy(a.type(type), a.required<float>("loss", loss), a.optional<void>("dLogits", d_logits),
                          a.required<const void>("logits", logits), a.required<const float>("labels", labels),
                          a.optional<StepState>("state", state), smoothing, n, k, stream_of(stream));
  });
}

// ---- inference ----------------------------------------------------------------------------------------------------

NATIVE(foldBatchNorm)
(JNIEnv* env, jclass, jlong folded, jint copy_type, jlong copy, jlong folded_bias, jlong weight, jlong bias,
 jlong scale, jlong shift, jlong mean, jlong variance, jint k, jint e, jlong stream) {
  guarded(env, "foldBatchNorm", [&](const Arguments& a) {
    a.positive("k", k);
    a.positive("e", e);
    if (e > 65535 * 1024) a.refuse("e is " + std::to_string(e) + " but at most 67107840 weights make an output");
    if (folded == 0 && copy == 0) a.refuse("folded is null and so is copy");
    fold_batchnorm(a.optional<float>("folded", folded), a.type(copy_type), a.optional<void>("copy", copy),
                   a.required<float>("foldedBias", folded_bias), a.required<const float>("weight", weight),
                   a.optional<const float>("bias", bias), norm_of(a, scale, shift, mean, variance), k, e,
                   stream_of(stream));
  });
}

NATIVE(batchNormInference)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong residual, jlong scale, jlong shift, jlong mean, jlong variance,
 jint activation, jint n, jint p, jint c, jlong stream) {
  guarded(env, "batchNormInference", [&](const Arguments& a) {
    a.walk(n, p, c);
    batchnorm_inference(a.type(type), a.required<void>("y", y), a.required<const void>("x", x),
                        a.optional<const void>("residual", residual), norm_of(a, scale, shift, mean, variance),
                        activation_of(a, activation), n, p, c, stream_of(stream));
  });
}

NATIVE(scaleInference)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong residual, jlong gate, jint activation, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "scaleInference", [&](const Arguments& a) {
    a.walk(n, p, c);
    scale_inference(a.type(type), a.required<void>("y", y), a.required<const void>("x", x),
                    a.optional<const void>("residual", residual), a.required<const float>("gate", gate),
                    activation_of(a, activation), n, p, c, stream_of(stream));
  });
}

NATIVE(biasInference)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong residual, jlong bias, jint activation, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "biasInference", [&](const Arguments& a) {
    a.walk(n, p, c);
    bias_inference(a.type(type), a.required<void>("y", y), a.required<const void>("x", x),
                   a.optional<const void>("residual", residual), a.optional<const float>("bias", bias),
                   activation_of(a, activation), n, p, c, stream_of(stream));
  });
}

// ---- the optimiser and its state ----------------------------------------------------------------------------------

NATIVE(sgd)
(JNIEnv* env, jclass, jlong w, jlong velocity, jint copy_type, jlong copy, jlong gradient, jlong state, jfloat momentum,
 jfloat decay, jboolean nesterov, jlong count, jlong stream) {
  guarded(env, "sgd", [&](const Arguments& a) {
    a.count("count", count);
    sgd(a.required<float>("w", w), a.required<float>("velocity", velocity), a.type(copy_type),
        a.optional<void>("copy", copy), a.required<const float>("gradient", gradient), state_of(a, state), momentum,
        decay, nesterov, count, stream_of(stream));
  });
}

NATIVE(adamW)
(JNIEnv* env, jclass, jlong w, jlong mean, jlong square, jint copy_type, jlong copy, jlong gradient, jlong state,
 jfloat beta1, jfloat beta2, jfloat epsilon, jfloat decay, jlong count, jlong stream) {
  guarded(env, "adamW", [&](const Arguments& a) {
    a.count("count", count);
    adamw(a.required<float>("w", w), a.required<float>("mean", mean), a.required<float>("square", square),
          a.type(copy_type), a.optional<void>("copy", copy), a.required<const float>("gradient", gradient),
          state_of(a, state), beta1, beta2, epsilon, decay, count, stream_of(stream));
  });
}

NATIVE(stepStart)(JNIEnv* env, jclass, jlong state, jfloat loss_scale, jlong stream) {
  guarded(env, "stepStart", [&](const Arguments& a) {
    if (!(loss_scale > 0 && std::isfinite(loss_scale))) {
      a.refuse("lossScale is " + std::to_string(loss_scale) + " but must be positive and finite");
    }
    step_start(state_of(a, state), loss_scale, stream_of(stream));
  });
}

NATIVE(stepSeed)(JNIEnv* env, jclass, jlong state, jlong seed, jlong stream) {
  guarded(env, "stepSeed", [&](const Arguments& a) { step_seed(state_of(a, state), seed, stream_of(stream)); });
}

NATIVE(stepRate)(JNIEnv* env, jclass, jlong state, jfloat rate, jlong step, jlong stream) {
  guarded(env, "stepRate", [&](const Arguments& a) {
    if (step < 0) a.refuse("step is " + std::to_string(step) + " but counts from 1, and 0 counts on");
    step_rate(state_of(a, state), rate, step, stream_of(stream));
  });
}

NATIVE(findOverflow)(JNIEnv* env, jclass, jlong state, jlong gradient, jlong count, jlong stream) {
  guarded(env, "findOverflow", [&](const Arguments& a) {
    a.count("count", count);
    find_overflow(state_of(a, state), a.required<const float>("gradient", gradient), count, stream_of(stream));
  });
}

NATIVE(stepEnd)(JNIEnv* env, jclass, jlong state, jint interval, jlong stream) {
  guarded(env, "stepEnd", [&](const Arguments& a) {
    if (interval < 0) a.refuse("interval is " + std::to_string(interval) + " but must not be negative");
    step_end(state_of(a, state), interval, stream_of(stream));
  });
}

// ---- input and types ----------------------------------------------------------------------------------------------

NATIVE(resizeChannels)
(JNIEnv* env, jclass, jint to, jlong y, jint from, jlong x, jboolean accumulate, jlong m, jint c, jint d,
 jlong stream) {
  guarded(env, "resizeChannels", [&](const Arguments& a) {
    a.rows(m, c);
    a.rows(m, d);
    if (m * d > 1LL << 38) a.refuse("m * d is " + std::to_string(m * d) + ", too many for one launch");
    resize_channels(a.type(to), a.required<void>("y", y), a.type(from), a.required<const void>("x", x), accumulate, m,
                    c, d, stream_of(stream));
  });
}

NATIVE(convert)(JNIEnv* env, jclass, jint to, jlong y, jint from, jlong x, jlong count, jlong stream) {
  guarded(env, "convert", [&](const Arguments& a) {
    a.count("count", count);
    convert(a.type(to), a.required<void>("y", y), a.type(from), a.required<const void>("x", x), count,
            stream_of(stream));
  });
}
