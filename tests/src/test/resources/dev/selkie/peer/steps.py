"""steps.py NETWORK WEIGHTS IMAGES SIZE CLASSES RATE DECAY COUNT OUT: the benchmark's own training steps, in float64 and then in
float32, in both memory formats and with the batch in two orders; of each run the losses of its steps, and the logits of a
training pass after them.

The label of image i is i."""

import sys

import files
import pytorch_peer
import torch

name, weights, images, size, classes, rate, decay, count, out = sys.argv[1:]
pytorch_peer.RATE, pytorch_peer.DECAY = float(rate), float(decay)
state = files.state(weights)
x = files.images(images, int(size))


def run(dtype, memory, rolled):
    step = pytorch_peer.Run({
        "network": name, "batch": len(x), "height": x.size(2), "width": x.size(3), "channels": 3, "classes": int(classes),
        "precision": "float32", "variant": "eager", "device": "cpu", "threads": 1})
    step.model.load_state_dict(state)
    step.model.to(dtype)
    step.images = x.to(dtype).roll(rolled, 0).contiguous(memory_format=memory)
    step.labels = torch.arange(len(x)).roll(rolled)
    losses = [step.step().item() for _ in range(int(count))]
    with torch.no_grad():
        return losses + step.model(step.images).roll(-rolled, 0).flatten().tolist()


values = run(torch.float64, torch.channels_last, 0)
for memory in (torch.channels_last, torch.contiguous_format):
    for rolled in (0, 1):
        values += run(torch.float32, memory, rolled)
files.write(out, values)
