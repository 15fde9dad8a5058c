"""steps.py NETWORK WEIGHTS IMAGES SIZE CLASSES DECAY COUNT OUT: the benchmark's own training steps, in float64 and then in
float32 in both memory formats; of each run the losses of its steps, and the logits of a training pass after them.

The label of image i is i."""

import sys

import files
import pytorch_peer
import torch

name, weights, images, size, classes, decay, count, out = sys.argv[1:]
pytorch_peer.DECAY = float(decay)
state = files.state(weights)
x = files.images(images, int(size))


def run(dtype, memory):
    step = pytorch_peer.Run({
        "network": name, "batch": len(x), "height": x.size(2), "width": x.size(3), "channels": 3, "classes": int(classes),
        "precision": "float32", "variant": "eager", "device": "cpu", "threads": torch.get_num_threads()})
    step.model.load_state_dict(state)
    step.model.to(dtype)
    step.images = x.to(dtype).contiguous(memory_format=memory)
    step.labels = torch.arange(len(x))
    losses = [step.step().item() for _ in range(int(count))]
    with torch.no_grad():
        return losses + step.model(step.images).flatten().tolist()


values = []
for dtype, memory in (
        (torch.float64, torch.channels_last), (torch.float32, torch.channels_last), (torch.float32, torch.contiguous_format)):
    values += run(dtype, memory)
files.write(out, values)
