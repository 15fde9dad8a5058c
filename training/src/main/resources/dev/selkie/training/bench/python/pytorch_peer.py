"""PyTorch's side of `selkie bench`: takes training steps when told to, and says how long they took.

Speaks lines of JSON. The first request describes the run:
  {"network", "batch", "height", "width", "channels", "classes", "precision", "variant", "device", "threads"}
and is answered by
  {"version", "device", "parameters"}
Then {"steps": n} is answered by {"seconds", "peakBytes", "reservedBytes"}, {"losses": n, "weights", "images", "labels"}, with paths
of Selkie's files, by {"losses": [...]}, {"rest": true} by {}, and the end of the input ends the process. A request that cannot be met is answered by {"error"}, and ends it too. Runs on PyTorch 1.13 and newer."""

import inspect
import json
import os
import struct
import sys
import time
import traceback

# What PyTorch, or a library under it, prints must not get between the answers.
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

RATE, MOMENTUM, DECAY = 0.01, 0.9, 1e-4
LONGEST = 300


def answer(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def refuse(why):
    answer({"error": why})
    sys.exit(1)


try:
    import torch
except ImportError as missing:
    refuse(f"{sys.executable} cannot import torch ({missing}); name a Python that has PyTorch in SELKIE_PYTHON")

import networks  # noqa: E402


def optimizer(model, fused):
    """SGD as Selkie's: weights decay, norms and biases do not. Fused where this PyTorch can, which is since 2.3."""
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    known = "fused" in inspect.signature(torch.optim.SGD).parameters
    return torch.optim.SGD(
        [{"params": weights, "weight_decay": DECAY}, {"params": others, "weight_decay": 0}],
        lr=RATE, momentum=MOMENTUM, **({"fused": True} if fused and known else {}))


def scaler(device, enabled):
    """Of the loss. The one for CUDA is older than 2.3, and newer versions warn of it."""
    if hasattr(torch.amp, "GradScaler"):
        return torch.amp.GradScaler(device, enabled=enabled)
    return torch.cuda.amp.GradScaler(enabled=enabled)


def floats(path):
    """A file of float32."""
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


def state(path):
    """A checkpoint of Selkie's (safetensors) as a state_dict."""
    types = {"F32": torch.float32, "I64": torch.int64}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for key, entry in header.items():
        if key != "__metadata__":
            start, end = entry["data_offsets"]
            values = torch.frombuffer(bytearray(data[start:end]), dtype=types[entry["dtype"]])
            tensors[key] = values.reshape(entry["shape"])
    return tensors


class Run:
    """A network, its optimiser and one batch, ready to step."""

    def __init__(self, request):
        self.cuda = request["device"] == "cuda"
        if self.cuda and not torch.cuda.is_available():
            refuse(f"torch {torch.__version__} of {sys.executable} sees no GPU; "
                   "name a Python whose PyTorch is built for this machine's CUDA in SELKIE_PYTHON")
        if request["variant"] not in ("eager", "compile"):
            refuse(f"there is no variant {request['variant']}, only eager and compile")
        if request["variant"] == "compile" and not hasattr(torch, "compile"):
            refuse(f"torch {torch.__version__} has no torch.compile, which came with 2.0; only eager runs")
        if not self.cuda:
            torch.set_num_threads(request["threads"])
        self.device = torch.device(request["device"])
        self.precision = request["precision"]
        torch.manual_seed(1)
        torch.backends.cudnn.benchmark = True
        tf32 = self.precision not in ("float32", "float64")
        torch.backends.cudnn.allow_tf32 = tf32
        torch.backends.cuda.matmul.allow_tf32 = tf32
        try:
            model = networks.make(request["network"], request["channels"], request["classes"])
        except KeyError:
            refuse(f"the peer has no {request['network']}, only {', '.join(networks.NETWORKS)} of {networks.ZOO[:-1]}")
        self.type = torch.float64 if self.precision == "float64" else torch.float32
        self.model = model.to(self.device, self.type, memory_format=torch.channels_last).train()
        self.parameters = sum(p.numel() for p in self.model.parameters())
        self.optimizer = optimizer(self.model, fused=self.cuda)
        self.scaler = scaler(self.device.type, enabled=self.precision == "float16")
        size = (request["batch"], request["channels"], request["height"], request["width"])
        self.images = torch.randn(size, device=self.device, dtype=self.type).to(memory_format=torch.channels_last)
        self.labels = torch.randint(request["classes"], (request["batch"],), device=self.device)
        self.forward = self.loss
        if request["variant"] == "compile":
            self.forward = torch.compile(self.loss, mode="max-autotune")

    def loss(self, images, labels):
        with torch.autocast(self.device.type, self.autocast(), enabled=self.autocast() is not None):
            return torch.nn.functional.cross_entropy(self.model(images), labels)

    def autocast(self):
        return {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(self.precision)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.forward(self.images, self.labels)
        self.scaler.scale(loss).backward()
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return loss

    def synchronize(self):
        if self.cuda:
            torch.cuda.synchronize()

    def hello(self):
        name = torch.cuda.get_device_name() if self.cuda else self.device.type
        return {"version": torch.__version__, "device": name, "parameters": self.parameters}

    def steps(self, count):
        self.synchronize()
        start = time.perf_counter()
        for _ in range(count):
            self.step()
        self.synchronize()
        done = {"seconds": time.perf_counter() - start}
        if self.cuda:
            done["peakBytes"] = torch.cuda.max_memory_allocated()
            done["reservedBytes"] = torch.cuda.max_memory_reserved()
        return done

    def losses(self, request):
        """Of steps from given weights, each before its update."""
        self.model.load_state_dict(state(request["weights"]))
        shape = self.images.permute(0, 2, 3, 1).shape
        images = floats(request["images"]).reshape(shape).permute(0, 3, 1, 2)
        self.images = images.to(self.device, self.type, memory_format=torch.channels_last)
        self.labels = floats(request["labels"]).to(self.device, torch.int64)
        return {"losses": [self.step().item() for _ in range(request["losses"])]}

    def rest(self):
        """Gives back what others may need meanwhile; the first step of the next block fetches it again."""
        if self.cuda:
            torch.cuda.empty_cache()
        return {}


def main():
    run = Run(json.loads(sys.stdin.readline()))
    answer(run.hello())
    for line in sys.stdin:
        request = json.loads(line)
        if "losses" in request:
            answer(run.losses(request))
        else:
            answer(run.steps(request["steps"]) if "steps" in request else run.rest())


if __name__ == "__main__":
    try:
        main()
    except Exception as failure:  # A message of many lines has its cause in the first ones, and advice in the last.
        traceback.print_exc()
        refuse(" ".join(f"{type(failure).__name__}: {failure}".split())[:LONGEST])
