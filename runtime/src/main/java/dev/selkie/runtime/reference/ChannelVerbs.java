package dev.selkie.runtime.reference;

import static dev.selkie.runtime.reference.ReferenceTensor.ref;

import dev.selkie.runtime.Tensor;

/** What moves channels. */
interface ChannelVerbs extends Verbs {
  @Override
  default void channelShuffle(Tensor y, Tensor x, int groups) {
    int perGroup = ref(x).channels() / groups;
    for (int i = 0; i < ref(x).size(); i++) {
      int channel = ref(x).channel(i);
      int target = channel % perGroup * groups + channel / perGroup;
      ref(y).set(i - channel + target, ref(x).get(i));
    }
  }

  @Override
  default void channelSplitForward(Tensor y, Tensor x, int channel) {
    for (int i = 0; i < ref(y).size(); i++) {
      ref(y).set(i, ref(x).get(place(x, y, channel, i)));
    }
  }

  @Override
  default void channelSplitBackward(Tensor dx, Tensor dy, int channel) {
    ref(dx).fill(0);
    channelSplitBackwardAccumulate(dx, dy, channel);
  }

  @Override
  default void channelSplitBackwardAccumulate(Tensor dx, Tensor dy, int channel) {
    for (int i = 0; i < ref(dy).size(); i++) {
      ref(dx).add(place(dx, dy, channel, i), ref(dy).get(i));
    }
  }

  @Override
  default void concatForward(Tensor y, Tensor x, int channel) {
    for (int i = 0; i < ref(x).size(); i++) {
      ref(y).set(place(y, x, channel, i), ref(x).get(i));
    }
  }

  @Override
  default void concatBackward(Tensor dx, Tensor dy, int channel) {
    for (int i = 0; i < ref(dx).size(); i++) {
      ref(dx).set(i, ref(dy).get(place(dy, dx, channel, i)));
    }
  }

  /** Where value i of a part lies in the whole. */
  private static int place(Tensor whole, Tensor part, int channel, int i) {
    int pixel = i / ref(part).channels();
    return pixel * ref(whole).channels() + channel + ref(part).channel(i);
  }
}
