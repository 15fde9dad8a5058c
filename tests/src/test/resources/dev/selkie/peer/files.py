"""Files that the tests hand over."""

import json
import struct

import torch

TYPES = {"F32": torch.float32, "I64": torch.int64}


def state(path):
    """A checkpoint of Selkie's as a state_dict."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for key, entry in header.items():
        if key != "__metadata__":
            start, end = entry["data_offsets"]
            values = torch.frombuffer(bytearray(data[start:end]), dtype=TYPES[entry["dtype"]])
            tensors[key] = values.reshape(entry["shape"])
    return tensors


def images(path, size):
    """Squares of float32 in (N, H, W, C), as (N, C, H, W)."""
    with open(path, "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    return values.reshape(-1, size, size, 3).permute(0, 3, 1, 2)


def write(path, values):
    """Numbers, as float64."""
    with open(path, "wb") as file:
        file.write(struct.pack(f"<{len(values)}d", *values))
