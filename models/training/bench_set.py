"""Render the frames that `deltaedge bench` asks about, with their truth.

    python3 -m models.training.bench_set --out models/nano/bench

Seeds of their own: neither training nor the two halves that `evaluate` reads have seen these scenes. Writes 000.jpg ... and
truth.json: for every frame its questions, their kinds and answers.
"""
import argparse
import json
import os
import random

from . import threads  # noqa: F401  (before numpy)

from PIL import Image

from .questions import KINDS, evaluation_turns
from .scenes import render_seed

FIRST_SEED = 30_000_000
QUALITY = 88
PANELS = 0.35  # reading is asked of panels only


def frame(index):
    """The image of one frame and its graded questions."""
    seed = FIRST_SEED + index
    sample = render_seed(seed, PANELS)
    turns = evaluation_turns(random.Random(seed), sample.state)
    return sample.image, [{"kind": t.kind, "question": t.question, "answer": t.answer} for t in turns if t.kind in KINDS]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="models/nano/bench")
    parser.add_argument("--count", type=int, default=240)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    frames = []
    for index in range(args.count):
        image, questions = frame(index)
        name = "%03d.jpg" % index
        Image.fromarray(image).save(os.path.join(args.out, name), quality=QUALITY)
        frames.append({"file": name, "questions": questions})
    with open(os.path.join(args.out, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({"schema_version": 1, "first_seed": FIRST_SEED, "frames": frames}, file, indent=0)
        file.write("\n")


if __name__ == "__main__":
    main()
