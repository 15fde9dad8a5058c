package dev.selkie.runtime.check;

/** The rules of every verb: the compiler refuses a verb without any. */
final class Rules
    implements ConvolutionRules,
        BatchNormRules,
        ExcitationRules,
        SelectRules,
        ElementwiseRules,
        ChannelRules,
        PoolingRules,
        DenseRules,
        InferenceRules,
        UpdateRules {}
