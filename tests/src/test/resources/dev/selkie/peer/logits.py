"""logits.py NETWORK WEIGHTS IMAGES SIZE CLASSES OUT: logits of a training pass, in float32 and then in float64."""

import sys

import files
import networks
import torch

name, weights, images, size, classes, out = sys.argv[1:]
model = networks.make(name, 3, int(classes))
model.load_state_dict(files.state(weights))  # strict: every name and shape
model = model.train()
x = files.images(images, int(size))
with torch.no_grad():
    single = model(x.contiguous(memory_format=torch.channels_last)).double()
    double = model.double()(x.double())
files.write(out, single.flatten().tolist() + double.flatten().tolist())
