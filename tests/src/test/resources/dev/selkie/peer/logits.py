"""logits.py NETWORK WEIGHTS IMAGES BATCH SIZE CLASSES OUT: logits of a training pass, in float32 and then in float64.

Images and logits are files of float32 and float64, images in (N, H, W, C)."""

import json
import struct
import sys

import networks
import torch

name, weights, images, batch, size, classes, out = sys.argv[1:]
with open(weights, "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
types = {"F32": torch.float32, "I64": torch.int64}
state = {}
for key, entry in header.items():
    if key != "__metadata__":
        start, end = entry["data_offsets"]
        state[key] = torch.frombuffer(bytearray(data[start:end]), dtype=types[entry["dtype"]]).reshape(entry["shape"])

model = networks.make(name, 3, int(classes))
model.load_state_dict(state)  # strict: every name and shape
model = model.train()
with open(images, "rb") as file:
    x = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(int(batch), int(size), int(size), 3)
x = x.permute(0, 3, 1, 2)
with torch.no_grad():
    single = model(x.contiguous(memory_format=torch.channels_last)).double()
    double = model.double()(x.double())
with open(out, "wb") as file:
    for logits in (single, double):
        values = logits.flatten().tolist()
        file.write(struct.pack(f"<{len(values)}d", *values))
