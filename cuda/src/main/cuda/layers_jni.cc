// LayerNatives.java: one function for each launcher.
#include "arguments.h"
#include <dev_selkie_cuda_LayerNatives.h>

#define NATIVE(name) extern "C" JNIEXPORT void JNICALL Java_dev_selkie_cuda_LayerNatives_##name

namespace {

using UnaryLauncher = void (*)(Type, void*, const void*, long long, cudaStream_t);
using BinaryLauncher = void (*)(Type, void*, const void*, const void*, long long, cudaStream_t);

void unary(JNIEnv* env, const char* native, UnaryLauncher launcher, jint type, jlong y, jlong x, jlong count,
           jlong stream) {
  guarded(env, native, [&](const Arguments& a) {
    a.count("count", count);
    launcher(a.type(type), a.required<void>("output", y), a.required<const void>("input", x), count, stream_of(stream));
  });
}

void binary(JNIEnv* env, const char* native, BinaryLauncher launcher, jint type, jlong y, jlong first, jlong second,
            jlong count, jlong stream) {
  guarded(env, native, [&](const Arguments& a) {
    a.count("count", count);
    launcher(a.type(type), a.required<void>("output", y), a.required<const void>("first input", first),
             a.required<const void>("second input", second), count, stream_of(stream));
  });
}

// A part of c channels of d, from `channel` on, at m positions.
void part(const Arguments& a, jint channel, jlong m, jint c, jint d) {
  a.rows(m, d);
  a.positive("c", c);
  if (channel < 0 || channel > d - c) {
    a.refuse("channels " + std::to_string(channel) + " to " + std::to_string(static_cast<long long>(channel) + c) +
             " do not lie within the " + std::to_string(d) + " of the whole");
  }
}

PoolGeometry pool(const Arguments& a, jint h, jint w, jint p, jint q, jint kernel, jint stride, jint padding,
                  bool count_padding, jint n, jint c) {
  for (auto [name, value] : {std::pair{"h", h}, {"w", w}, {"p", p}, {"q", q}, {"kernel", kernel}, {"stride", stride}}) {
    a.positive(name, value);
  }
  if (kernel > 15) a.refuse("kernel is " + std::to_string(kernel) + " but at most 15, so that a tap fits a byte");
  if (padding < 0) a.refuse("padding is " + std::to_string(padding) + " but must not be negative");
  // Windows may reach over the end, but each must touch the input.
  if (padding >= kernel || (p - 1LL) * stride - padding >= h || (q - 1LL) * stride - padding >= w) {
    a.refuse("not each of " + std::to_string(p) + " x " + std::to_string(q) + " windows lies on the " +
             std::to_string(h) + " x " + std::to_string(w) + " inputs");
  }
  if (static_cast<long long>(h) * w > INT_MAX || static_cast<long long>(p) * q > INT_MAX) a.refuse("h * w overflows");
  a.walk(n, h * w, c);
  a.walk(n, p * q, c);
  return {h, w, p, q, kernel, stride, padding, count_padding};
}

float rate_of(const Arguments& a, jfloat rate) {
  if (!(rate >= 0 && rate < 1)) a.refuse("rate is " + std::to_string(rate) + " but must be at least 0 and below 1");
  return rate;
}

}  // namespace

// ---- squeeze-and-excitation that stands alone: its pass over memory -----------------------------------------------

NATIVE(scaleForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong gate, jint n, jint p, jint c, jlong stream) {
  guarded(env, "scaleForward", [&](const Arguments& a) {
    a.walk(n, p, c);
    scale_forward(a.type(type), a.required<void>("y", y), a.required<const void>("x", x),
                  a.required<const float>("gate", gate), n, p, c, stream_of(stream));
  });
}

NATIVE(scaleBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jlong gate, jlong d_squeeze, jlong winners, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "scaleBackward", [&](const Arguments& a) {
    a.walk(n, p, c);
    scale_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy),
                   a.required<const float>("gate", gate), a.required<const float>("dSqueeze", d_squeeze),
                   a.optional<const float>("winners", winners), n, p, c, stream_of(stream));
  });
}

// ---- element by element -------------------------------------------------------------------------------------------

NATIVE(reluForward)(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong count, jlong stream) {
  unary(env, "reluForward", relu_forward, type, y, x, count, stream);
}

NATIVE(reluBackward)(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jlong y, jlong count, jlong stream) {
  binary(env, "reluBackward", relu_backward, type, dx, dy, y, count, stream);
}

NATIVE(sigmoidForward)(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong count, jlong stream) {
  unary(env, "sigmoidForward", sigmoid_forward, type, y, x, count, stream);
}

NATIVE(sigmoidBackward)(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jlong y, jlong count, jlong stream) {
  binary(env, "sigmoidBackward", sigmoid_backward, type, dx, dy, y, count, stream);
}

NATIVE(addForward)(JNIEnv* env, jclass, jint type, jlong y, jlong first, jlong second, jlong count, jlong stream) {
  binary(env, "addForward", add_forward, type, y, first, second, count, stream);
}

NATIVE(times)(JNIEnv* env, jclass, jint type, jlong y, jlong x, jfloat factor, jlong count, jlong stream) {
  guarded(env, "times", [&](const Arguments& a) {
    a.count("count", count);
    times(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), factor, count, stream_of(stream));
  });
}

NATIVE(copy)(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong count, jlong stream) {
  unary(env, "copy", copy, type, y, x, count, stream);
}

NATIVE(accumulate)(JNIEnv* env, jclass, jint type, jlong y, jlong x, jlong count, jlong stream) {
  unary(env, "accumulate", accumulate, type, y, x, count, stream);
}

NATIVE(zero)(JNIEnv* env, jclass, jlong y, jlong bytes, jlong stream) {
  guarded(env, "zero", [&](const Arguments& a) {
    a.count("bytes", bytes);
    zero(a.required<void>("y", y), bytes, stream_of(stream));
  });
}

NATIVE(multiplyForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong first, jlong second, jboolean gate, jint n, jint p, jint c,
 jlong stream) {
  guarded(env, "multiplyForward", [&](const Arguments& a) {
    a.walk(n, p, c);
    multiply_forward(a.type(type), a.required<void>("y", y), a.required<const void>("a", first),
                     a.required<const void>("b", second), gate, n, p, c, stream_of(stream));
  });
}

NATIVE(multiplyBackward)
(JNIEnv* env, jclass, jint type, jlong da, jlong db, jlong dy, jlong first, jlong second, jboolean gate, jint n, jint p,
 jint c, jlong stream) {
  guarded(env, "multiplyBackward", [&](const Arguments& a) {
    a.walk(n, p, c);
    multiply_backward(a.type(type), a.required<void>("da", da), a.required<void>("db", db),
                      a.required<const void>("dy", dy), a.required<const void>("a", first),
                      a.required<const void>("b", second), gate, n, p, c, stream_of(stream));
  });
}

// ---- channels moved, branches weighed -----------------------------------------------------------------------------

NATIVE(concatForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jint channel, jlong m, jint c, jint d, jlong stream) {
  guarded(env, "concatForward", [&](const Arguments& a) {
    part(a, channel, m, c, d);
    concat_forward(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), channel, m, c, d,
                   stream_of(stream));
  });
}

NATIVE(concatBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jint channel, jlong m, jint c, jint d, jlong stream) {
  guarded(env, "concatBackward", [&](const Arguments& a) {
    part(a, channel, m, c, d);
    concat_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy), channel, m, c, d,
                    stream_of(stream));
  });
}

NATIVE(channelShuffle)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jint groups, jlong m, jint c, jlong stream) {
  guarded(env, "channelShuffle", [&](const Arguments& a) {
    a.rows(m, c);
    a.positive("groups", groups);
    if (c % groups != 0) {
      a.refuse("groups is " + std::to_string(groups) + ", which does not divide the " + std::to_string(c) +
               " channels");
    }
    channel_shuffle(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), groups, m, c,
                    stream_of(stream));
  });
}

NATIVE(channelSplitForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jint channel, jlong m, jint c, jint d, jlong stream) {
  guarded(env, "channelSplitForward", [&](const Arguments& a) {
    part(a, channel, m, c, d);
    channel_split_forward(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), channel, m, c, d,
                          stream_of(stream));
  });
}

NATIVE(channelSplitBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jint channel, jboolean accumulate, jlong m, jint c, jint d,
 jlong stream) {
  guarded(env, "channelSplitBackward", [&](const Arguments& a) {
    part(a, channel, m, c, d);
    channel_split_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy), channel,
                           accumulate, m, c, d, stream_of(stream));
  });
}

NATIVE(shakeShakeForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong first, jlong second, jlong state, jint layer, jint n, jlong per_sample,
 jlong stream) {
  guarded(env, "shakeShakeForward", [&](const Arguments& a) {
    a.samples(n, per_sample);
    shake_shake_forward(a.type(type), a.required<void>("y", y), a.required<const void>("a", first),
                        a.required<const void>("b", second), a.required<const StepState>("state", state), layer, n,
                        per_sample, stream_of(stream));
  });
}

NATIVE(shakeShakeBackward)
(JNIEnv* env, jclass, jint type, jlong da, jlong db, jlong dy, jlong state, jint layer, jint n, jlong per_sample,
 jlong stream) {
  guarded(env, "shakeShakeBackward", [&](const Arguments& a) {
    a.samples(n, per_sample);
    shake_shake_backward(a.type(type), a.required<void>("da", da), a.required<void>("db", db),
                         a.required<const void>("dy", dy), a.required<const StepState>("state", state), layer, n,
                         per_sample, stream_of(stream));
  });
}

NATIVE(shakeShakeInference)
(JNIEnv* env, jclass, jint type, jlong y, jlong first, jlong second, jlong count, jlong stream) {
  binary(env, "shakeShakeInference", shake_shake_inference, type, y, first, second, count, stream);
}

NATIVE(dropoutForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong mask, jlong x, jlong state, jfloat rate, jint layer, jlong count,
 jlong stream) {
  guarded(env, "dropoutForward", [&](const Arguments& a) {
    a.count("count", count);
    dropout_forward(a.type(type), a.required<void>("y", y), a.required<std::uint8_t>("mask", mask),
                    a.required<const void>("x", x), a.required<const StepState>("state", state), rate_of(a, rate),
                    layer, count, stream_of(stream));
  });
}

NATIVE(dropoutBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jlong mask, jfloat rate, jlong count, jlong stream) {
  guarded(env, "dropoutBackward", [&](const Arguments& a) {
    a.count("count", count);
    dropout_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy),
                     a.required<const std::uint8_t>("mask", mask), rate_of(a, rate), count, stream_of(stream));
  });
}

// ---- pooling ------------------------------------------------------------------------------------------------------

NATIVE(maxPoolForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong winners, jlong x, jint h, jint w, jint p, jint q, jint kernel,
 jint stride, jint padding, jint n, jint c, jlong stream) {
  guarded(env, "maxPoolForward", [&](const Arguments& a) {
    const PoolGeometry g = pool(a, h, w, p, q, kernel, stride, padding, true, n, c);
    max_pool_forward(a.type(type), a.required<void>("y", y), a.optional<std::uint8_t>("winners", winners),
                     a.required<const void>("x", x), g, n, c, stream_of(stream));
  });
}

NATIVE(maxPoolBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jlong winners, jint h, jint w, jint p, jint q, jint kernel,
 jint stride, jint padding, jint n, jint c, jlong stream) {
  guarded(env, "maxPoolBackward", [&](const Arguments& a) {
    const PoolGeometry g = pool(a, h, w, p, q, kernel, stride, padding, true, n, c);
    max_pool_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy),
                      a.required<const std::uint8_t>("winners", winners), g, n, c, stream_of(stream));
  });
}

NATIVE(averagePoolForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jint h, jint w, jint p, jint q, jint kernel, jint stride,
 jint padding, jboolean count_padding, jint n, jint c, jlong stream) {
  guarded(env, "averagePoolForward", [&](const Arguments& a) {
    const PoolGeometry g = pool(a, h, w, p, q, kernel, stride, padding, count_padding, n, c);
    average_pool_forward(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), g, n, c,
                         stream_of(stream));
  });
}

NATIVE(averagePoolBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jint h, jint w, jint p, jint q, jint kernel, jint stride,
 jint padding, jboolean count_padding, jint n, jint c, jlong stream) {
  guarded(env, "averagePoolBackward", [&](const Arguments& a) {
    const PoolGeometry g = pool(a, h, w, p, q, kernel, stride, padding, count_padding, n, c);
    average_pool_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy), g, n, c,
                          stream_of(stream));
  });
}

NATIVE(globalAveragePoolForward)
(JNIEnv* env, jclass, jint type, jlong y, jlong x, jint n, jint p, jint c, jlong stream) {
  guarded(env, "globalAveragePoolForward", [&](const Arguments& a) {
    a.walk(n, p, c);
    global_average_pool_forward(a.type(type), a.required<void>("y", y), a.required<const void>("x", x), n, p, c,
                                stream_of(stream));
  });
}

NATIVE(globalAveragePoolBackward)
(JNIEnv* env, jclass, jint type, jlong dx, jlong dy, jint n, jint p, jint c, jlong stream) {
  guarded(env, "globalAveragePoolBackward", [&](const Arguments& a) {
    a.walk(n, p, c);
    global_average_pool_backward(a.type(type), a.required<void>("dx", dx), a.required<const void>("dy", dy), n, p, c,
                                 stream_of(stream));
  });
}
