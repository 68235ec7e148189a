"""Stage 1: pre-train the vision tower on dense per-patch labels.

    python3 -m models.training.train_tower --minutes 12.5

Three phases over wall-clock time: 8x8-patch crops, whole images, then panel-heavy crops (for the seven-segment
digits, which learn last) in turn with whole images. Resumes from its checkpoint after a stop or a kill.
"""
import argparse
import math
import os

from . import threads  # noqa: F401  (before numpy and torch)

import numpy as np
import torch

from .crops import SceneSet
from .model.config import TowerConfig
from .model.dense_heads import DenseHeads
from .model.tower import VisionTower, normalise
from .parallel import launch, save
from .progress import Progress

WHOLE_FROM, BOOST_FROM = 0.45, 0.70


def schedule(done):
    """(learning rate, phase) at `done` in 0..1: one cosine to the boost, then a shorter one."""
    if done < BOOST_FROM:
        phase = "crops" if done < WHOLE_FROM else "whole"
        return 1.2e-3 * max(0.02, 0.5 + 0.5 * math.cos(math.pi * done / BOOST_FROM)), phase
    rest = (done - BOOST_FROM) / (1 - BOOST_FROM)
    return 7e-4 * (0.5 + 0.5 * math.cos(math.pi * rest)), "boost"


def decayed_groups(modules, decay):
    """Weight decay on matrices only."""
    named = [(n, p) for m in modules for n, p in m.named_parameters()]
    plain = [p for n, p in named if p.dim() < 2 or "position" in n]
    matrices = [p for n, p in named if not (p.dim() < 2 or "position" in n)]
    return [{"params": matrices, "weight_decay": decay}, {"params": plain, "weight_decay": 0.0}]


def train(worker, args):
    torch.manual_seed(1)
    tower, data = VisionTower(TowerConfig()).to(worker.device), SceneSet(args.scenes)
    heads = DenseHeads(tower.config.hidden).to(worker.device)
    groups = decayed_groups([tower, heads], 0.05)
    optimiser = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98))
    everything = [p for g in groups for p in g["params"]]
    path, step = os.path.join(args.out, "checkpoint.pt"), 0
    if os.path.exists(path) and not args.fresh:
        kept = torch.load(path, map_location=worker.device)
        tower.load_state_dict(kept["tower"])
        heads.load_state_dict(kept["heads"])
        optimiser.load_state_dict(kept["optimiser"])
        step = kept["step"]
        worker.resume_clock(kept["elapsed"])
    total, saved = args.minutes * 60.0, worker.elapsed
    progress = Progress(os.path.join(args.out, "log.jsonl"), total)
    rng = np.random.default_rng([worker.rank, step])
    while worker.elapsed < total:
        rate, phase = schedule(min(1.0, worker.elapsed / total))
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 150)
        whole = phase == "whole" or (phase == "boost" and step % 2 == 0)
        share = 0.6 if phase == "boost" and not whole else None
        pixels, labels, places = (t.to(worker.device) for t in (
            data.whole(rng, args.whole_batch, share) if whole else data.crops(rng, args.crop_batch, share)))
        with worker.autocast():
            last = tower(normalise(pixels), None if whole else places)[-1][:, 1:]
            loss, scores = heads.loss(last, labels, places)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        worker.average(everything)
        torch.nn.utils.clip_grad_norm_(everything, 1.0)
        optimiser.step()
        step += 1
        kind = "whole_" if whole else "crop_"
        progress.add(**{kind + "loss": float(loss)}, **{kind + k: v for k, v in scores.items() if v is not None})
        if worker.lead:
            progress.report(worker.elapsed, step, phase=phase, lr=round(rate, 6))
        if worker.lead and (worker.elapsed - saved > 120 or worker.elapsed >= total):
            saved = worker.elapsed
            save(path, {"tower": tower.state_dict(), "heads": heads.state_dict(), "elapsed": worker.elapsed,
                        "optimiser": optimiser.state_dict(), "step": step})
    worker.barrier()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", default="models/training/runs/scenes", help="folder written by render_set")
    parser.add_argument("--out", default="models/training/runs/tower", help="checkpoint and log")
    parser.add_argument("--minutes", type=float, default=12.5, help="training time, earlier runs counted in")
    parser.add_argument("--workers", type=int, default=2, help="processes (CPU); use 1 with a GPU")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--crop-batch", type=int, default=48, help="crops per process and step")
    parser.add_argument("--whole-batch", type=int, default=4, help="whole images per process and step")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--fresh", action="store_true", help="ignore an existing checkpoint")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    launch(train, args, args.workers, args.device, args.port)


if __name__ == "__main__":
    main()
