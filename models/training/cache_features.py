"""Run the frozen tower over a scene set once and keep its tapped features, because stage 3 reads each image often.

    python3 -m models.training.cache_features --scenes models/training/runs/scenes --out models/training/runs/features

Writes features.npy int8 [N, 576, taps * C] with one step size per channel (features.json: `unit`), and
`level_std`, by which stage 3 divides each tap; export folds that division into the projector's weights.
"""
import argparse
import json
import os
import shutil

from . import threads  # noqa: F401

import numpy as np
import torch

from .model.config import DeltaConfig, TowerConfig
from .model.tower import VisionTower, normalise
from .parallel import launch

BATCH = 8


def load_tower(path):
    """The pre-trained tower, frozen."""
    tower = VisionTower(TowerConfig())
    tower.load_state_dict(torch.load(path, map_location="cpu")["tower"])
    return tower.eval()


@torch.no_grad()
def tapped(tower, images, taps, autocast):
    """uint8 [B, 336, 336, 3] -> float32 [B, P, taps * C]."""
    with autocast:
        states = tower(normalise(images))
    return torch.cat([states[t][:, 1:] for t in taps], -1).float()


def work(worker, args):
    images = np.load(os.path.join(args.scenes, "images.npy"), mmap_mode="r")
    tower, taps = load_tower(args.tower).to(worker.device), DeltaConfig().taps
    meta_path, out = os.path.join(args.out, "features.json"), os.path.join(args.out, "features.npy")
    if worker.lead:
        sample = torch.cat([tapped(tower, torch.from_numpy(images[i:i + 8].copy()).to(worker.device), taps,
                                   worker.autocast()) for i in range(0, min(len(images), 160), 8)])
        flat = sample.reshape(-1, sample.shape[-1])
        unit = flat.abs().amax(0).clamp_min(1e-3) * 1.1 / 127
        std = flat.reshape(len(flat), len(taps), -1).std(dim=(0, 2))
        with open(meta_path, "w") as file:
            json.dump({"unit": unit.tolist(), "level_std": std.tolist(), "taps": taps}, file)
        np.lib.format.open_memmap(out, "w+", np.int8, (len(images),) + tuple(sample.shape[1:]))
        for name in ("labels.npy", "states.jsonl"):
            shutil.copyfile(os.path.join(args.scenes, name), os.path.join(args.out, name))
    worker.barrier()
    with open(meta_path) as file:
        unit = torch.tensor(json.load(file)["unit"], device=worker.device)
    store = np.lib.format.open_memmap(out, "r+")
    for n, i in enumerate(range(worker.rank * BATCH, len(images), worker.size * BATCH)):
        batch = torch.from_numpy(images[i:i + BATCH].copy()).to(worker.device)
        x = tapped(tower, batch, taps, worker.autocast())
        store[i:i + BATCH] = (x / unit).round_().clamp_(-127, 127).to(torch.int8).cpu().numpy()
        if worker.lead and n % 50 == 0:
            print("%d of %d images" % (i, len(images)), flush=True)
    worker.barrier()


class FeatureSet:
    """Cached features with their truths and label maps."""

    def __init__(self, folder):
        from .scenes import SceneState
        self.features = np.load(os.path.join(folder, "features.npy"), mmap_mode="r")
        self.labels = np.load(os.path.join(folder, "labels.npy"))
        with open(os.path.join(folder, "states.jsonl")) as file:
            self.states = [SceneState.from_json(json.loads(line)) for line in file]
        with open(os.path.join(folder, "features.json")) as file:
            meta = json.load(file)
        self.unit, self.level_std = torch.tensor(meta["unit"]), torch.tensor(meta["level_std"])

    def __len__(self):
        return len(self.states)

    def batch(self, chosen, level_std):
        """float32 [B, P, taps * C] of the images `chosen`, each tap divided by its standard deviation."""
        raw = torch.from_numpy(np.stack([self.features[i] for i in chosen]))
        return raw.float() * (self.unit / level_std.repeat_interleave(len(self.unit) // len(level_std)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", default="models/training/runs/scenes")
    parser.add_argument("--out", default="models/training/runs/features")
    parser.add_argument("--tower", default="models/training/runs/tower/checkpoint.pt")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--port", type=int, default=29512)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    launch(work, args, args.workers, args.device, args.port)


if __name__ == "__main__":
    main()
