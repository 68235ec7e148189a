"""Render a training set of scenes to memory-mapped files.

    python3 -m models.training.render_set --count 16000 --out models/training/runs/scenes

Writes images.npy uint8 [N, 336, 336, 3], labels.npy int8 [N, 4, 24, 24] and states.jsonl (one truth per line).
About 4 ms per image and process.
"""
import argparse
import json
import multiprocessing
import os
import time

from . import threads  # noqa: F401  (before numpy)

import numpy as np

from .scenes import render_seed


def _fill(job):
    out, start, stop, base, panels = job
    images = np.lib.format.open_memmap(os.path.join(out, "images.npy"), "r+")
    labels = np.lib.format.open_memmap(os.path.join(out, "labels.npy"), "r+")
    lines = []
    for i in range(start, stop):
        sample = render_seed(base + i, panels)
        images[i], labels[i] = sample.image, sample.labels
        lines.append(json.dumps(sample.state.to_json()))
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=16000, help="images (338 KB each)")
    parser.add_argument("--out", default="models/training/runs/scenes")
    parser.add_argument("--seed", type=int, default=0, help="first seed; evaluation uses seeds from 10,000,000")
    parser.add_argument("--panels", type=float, default=0.35, help="share of instrument panels, the hardest scene")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for name, shape, kind in (("images", (336, 336, 3), np.uint8), ("labels", (4, 24, 24), np.int8)):
        np.lib.format.open_memmap(os.path.join(args.out, name + ".npy"), "w+", kind, (args.count,) + shape)
    began, chunk = time.time(), 500
    jobs = [(args.out, i, min(args.count, i + chunk), args.seed, args.panels) for i in range(0, args.count, chunk)]
    done = 0
    with multiprocessing.Pool(args.workers) as pool, open(os.path.join(args.out, "states.jsonl"), "w") as states:
        for lines in pool.imap(_fill, jobs):
            states.write("\n".join(lines) + "\n")
            done += len(lines)
            print("%d of %d images, %.0f s" % (done, args.count, time.time() - began), flush=True)


if __name__ == "__main__":
    main()
