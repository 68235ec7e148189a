"""Minimal reader and writer of safetensors: 8-byte little-endian header length, JSON header, raw data."""
import json
import struct

import numpy as np
import torch

_NAMES = {np.dtype(np.float32): "F32", np.dtype(np.float16): "F16", np.dtype(np.int64): "I64",
          np.dtype(np.int32): "I32", np.dtype(np.uint8): "U8", np.dtype(np.int8): "I8"}
_TYPES = {name: kind for kind, name in _NAMES.items()}


def write(path, tensors, metadata=None):
    """Write `tensors` {name: torch tensor or numpy array}; sorted names, so equal content gives equal bytes."""
    arrays = {n: np.ascontiguousarray(t.detach().cpu().numpy() if torch.is_tensor(t) else t)
              for n, t in sorted(tensors.items())}
    header, offset = {}, 0
    if metadata:
        header["__metadata__"] = {k: str(v) for k, v in metadata.items()}
    for name, a in arrays.items():
        header[name] = {"dtype": _NAMES[a.dtype], "shape": list(a.shape), "data_offsets": [offset, offset + a.nbytes]}
        offset += a.nbytes
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)))
        file.write(head)
        for a in arrays.values():
            file.write(a.tobytes())


def read(path):
    """{name: torch tensor}."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header, data = json.loads(file.read(size)), file.read()
    out = {}
    for name, info in header.items():
        if name != "__metadata__":
            start, stop = info["data_offsets"]
            array = np.frombuffer(data[start:stop], _TYPES[info["dtype"]]).reshape(info["shape"])
            out[name] = torch.from_numpy(array.copy())
    return out
