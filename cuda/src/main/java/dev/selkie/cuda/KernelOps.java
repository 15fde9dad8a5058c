package dev.selkie.cuda;

/** All verbs that hand-written kernels carry out; the others belong to cuDNN and cuBLAS. */
interface KernelOps
    extends BatchNormKernels,
        ExciteKernels,
        SelectKernels,
        GroupedConvolutionKernels,
        ElementwiseKernels,
        ChannelKernels,
        PoolingKernels,
        InferenceKernels,
        StepKernels {}
