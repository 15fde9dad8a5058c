"""The residual networks of Selkie's zoo in PyTorch, layer by layer and name by name as Selkie has them: a state_dict of one is
a checkpoint of the other. Tensors are (N, C, H, W).

He et al. (2015), with grouped convolutions (Xie et al., 2017), squeeze-and-excitation (Hu et al., 2018) and selective kernels
(Li et al., 2019) on request. The stride of a bottleneck stands in its 3x3 convolution."""

import torch
from torch import nn


class ConvNorm(nn.Conv2d):
    """@Conv: convolution without bias, batch norm, ReLU unless told otherwise."""

    def __init__(self, channels, out, kernel, stride=1, groups=1, dilation=1, relu=True):
        super().__init__(channels, out, kernel, stride, dilation * (kernel - 1) // 2, dilation, groups, bias=False)
        nn.init.kaiming_normal_(self.weight)
        self.norm = nn.BatchNorm2d(out)
        self.relu = relu

    def forward(self, x):
        y = self.norm(super().forward(x))
        return y.relu_() if self.relu else y


class SqueezeExcite(nn.Module):
    """@SqueezeExcite: both layers with biases."""

    def __init__(self, channels, reduction):
        super().__init__()
        hidden = max(channels // reduction, 1)
        self.fc1 = nn.Conv2d(channels, hidden, 1)
        self.fc2 = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):
        squeeze = x.mean((2, 3), keepdim=True)
        return x * self.fc2(self.fc1(squeeze).relu_()).sigmoid()


class SelectiveKernel(nn.Module):
    """@SelectiveKernel: branches of dilation 1, 2, ...; the first layer of the selection has a batch norm, neither a bias."""

    def __init__(self, channels, stride, groups, branches=2, reduction=16, minimum=32):
        super().__init__()
        self.branches = branches
        for m in range(branches):
            self.add_module(f"branch{m}", ConvNorm(channels, channels, 3, stride, groups, m + 1))
        self.fc1 = ConvNorm(channels, max(channels // reduction, minimum), 1)
        self.fc2 = nn.Conv2d(self.fc1.out_channels, branches * channels, 1, bias=False)

    def forward(self, x):
        outs = [getattr(self, f"branch{m}")(x) for m in range(self.branches)]
        squeeze = sum(outs[1:], outs[0]).mean((2, 3), keepdim=True)
        scores = self.fc2(self.fc1(squeeze))
        weights = scores.view(x.size(0), self.branches, -1, 1, 1).softmax(1)
        out = outs[0] * weights[:, 0]
        for m in range(1, self.branches):
            out = torch.addcmul(out, outs[m], weights[:, m])
        return out


class Unit(nn.Module):
    """A residual unit: basic, or a bottleneck whose middle is a 3x3 convolution or a selective kernel."""

    def __init__(self, channels, width, stride, kind):
        super().__init__()
        out = width * (1 if kind.basic else 4)
        if kind.basic:
            self.first = ConvNorm(channels, width, 3, stride)
            self.second = ConvNorm(width, out, 3, relu=False)
            self.path = ("first", "second")
        else:
            inner = width * kind.widening
            self.reduce = ConvNorm(channels, inner, 1)
            if kind.selective:
                self.spatial = SelectiveKernel(inner, stride, kind.groups)
            else:
                self.spatial = ConvNorm(inner, inner, 3, stride, kind.groups)
            self.expand = ConvNorm(inner, out, 1, relu=False)
            self.path = ("reduce", "spatial", "expand")
        if kind.reduction:
            self.recalibrated = SqueezeExcite(out, kind.reduction)
            self.path += ("recalibrated",)
        self.projected = stride != 1 or channels != out
        if self.projected:
            self.shortcut = ConvNorm(channels, out, 1, stride, relu=False)

    def forward(self, x):
        y = x
        for name in self.path:
            y = getattr(self, name)(y)
        return (y + (self.shortcut(x) if self.projected else x)).relu_()


class Kind:
    """What a network's units are: groups of the 3x3, how much wider it is, reduction of squeeze-and-excitation or 0."""

    def __init__(self, basic=False, widening=1, groups=1, selective=False, reduction=0):
        self.basic, self.widening, self.groups, self.selective, self.reduction = basic, widening, groups, selective, reduction


class ResidualNetwork(nn.Module):
    """A stem, stages of units whose width doubles from stage to stage, and a dense layer on the mean over space."""

    def __init__(self, kind, width, repeats, channels, classes):
        super().__init__()
        self.pooled = not kind.basic
        self.stem = ConvNorm(channels, 64, 7, 2) if self.pooled else ConvNorm(channels, width, 3)
        features = self.stem.out_channels
        for stage, repeat in enumerate(repeats):
            units = nn.Sequential()
            for i in range(repeat):
                units.append(Unit(features, width << stage, 2 if stage > 0 and i == 0 else 1, kind))
                features = (width << stage) * (1 if kind.basic else 4)
            self.add_module(f"stage{stage + 1}", units)
        self.stages = len(repeats)
        self.logits = nn.Linear(features, classes)

    def forward(self, x):
        x = self.stem(x)
        if self.pooled:
            x = nn.functional.max_pool2d(x, 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"stage{stage + 1}")(x)
        return self.logits(x.mean((2, 3)))


ZOO = "dev.selkie.samples."
FIFTY = (3, 4, 6, 3)
NETWORKS = {
    "ResNet20": (Kind(basic=True), 16, (3, 3, 3)),
    "SeResNet20": (Kind(basic=True, reduction=16), 16, (3, 3, 3)),
    "ResNet50": (Kind(), 64, FIFTY),
    "SeResNet50": (Kind(reduction=16), 64, FIFTY),
    "ResNeXt50": (Kind(widening=2, groups=32), 64, FIFTY),
    "SeResNeXt50": (Kind(widening=2, groups=32, reduction=16), 64, FIFTY),
    "SkNet26": (Kind(widening=2, groups=32, selective=True), 64, (2, 2, 2, 2)),
    "SkNet50": (Kind(widening=2, groups=32, selective=True), 64, FIFTY),
}


def make(name, channels, classes):
    """The network of that full name; a KeyError where there is none."""
    if not name.startswith(ZOO):
        raise KeyError(name)
    return ResidualNetwork(*NETWORKS[name[len(ZOO) :]], channels, classes)
