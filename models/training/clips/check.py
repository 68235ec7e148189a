"""Mark a package's answers on the clips' own frames, after H.264, against the sidecar truth.

    python3 -m models.training.clips.check --package models/nano --budgets 144 16 1

Reads one frame in ten; frames in transition and questions without an answer are left out.
"""
import argparse
import json
import os
import subprocess
from collections import defaultdict

from .. import threads  # noqa: F401

import numpy as np
import torch

from .. import package
from ..model.tower import normalise
from ..packing import pack
from ..questions import Turn
from ..scoring import exact


def frames(path):
    """uint8 [N, 336, 336, 3] of a clip."""
    raw = subprocess.run(["ffmpeg", "-loglevel", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                         check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 336, 336, 3)


def asked_at(truth, frame):
    """Turns with a clear answer at a frame."""
    turns = []
    for q in truth["questions"]:
        if any(a <= frame < b for a, b in q["transition"]):
            continue
        answer = next(v for a, b, v in q["segments"] if a <= frame < b)
        if answer is not None:
            turns.append(Turn(q["kind"], q["question"], q["question"], answer))
    return turns


@torch.no_grad()
def check(model, tokenizer, folder, name, budgets, step):
    """{question: {budget: [asked, right]}}."""
    with open(os.path.join(folder, name + ".truth.json")) as file:
        truth = json.load(file)
    video, table = frames(os.path.join(folder, name + ".mp4")), defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for frame in range(0, len(video), step):
        turns = asked_at(truth, frame)
        if not turns:
            continue
        tapped, level = model.features(normalise(torch.from_numpy(video[frame:frame + 1].copy())))
        packed = pack(tokenizer, [turns])
        for budget in budgets:
            marks = exact(model, packed, model.visual_tokens(tapped, level, budget), [turns])[0]
            for turn, mark in zip(turns, marks):
                table[turn.question][budget][0] += 1
                table[turn.question][budget][1] += mark
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default="models/nano")
    parser.add_argument("--budgets", type=int, nargs="+", default=[144, 16, 1])
    parser.add_argument("--step", type=int, default=10, help="every how many frames")
    args = parser.parse_args()
    model, tokenizer, _ = package.load(args.package)
    folder = os.path.join(args.package, "clips")
    for name in sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".mp4")):
        for question, row in check(model, tokenizer, folder, name, args.budgets, args.step).items():
            cells = "  ".join("K=%d %.2f" % (b, row[b][1] / row[b][0]) for b in args.budgets)
            print("%-9s %-55s n=%-3d %s" % (name, question, row[args.budgets[0]][0], cells), flush=True)


if __name__ == "__main__":
    main()
