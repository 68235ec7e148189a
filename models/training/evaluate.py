"""Measure a package on held-out scenes and write the result into its manifest and model card.

    python3 -m models.training.evaluate --package models/nano

Two disjoint halves of held-out seeds: `profile` gives the accuracy profile that the budget planner uses, `test` the
published table. Exact match of the whole answer, from the stored (float16) weights, in fp32 or with `--bf16` matrix
products, which is two to three times as fast on a CPU. Budgets above 144 are slow and read every third image only.
"""
import argparse
import json
import os
import random
import time
from collections import defaultdict
from contextlib import nullcontext

from . import threads  # noqa: F401

import torch

from . import model_card, package
from .model.tower import normalise
from .packing import pack
from .parallel import launch
from .questions import KINDS, evaluation_turns
from .questions.turn import EXTRA_KINDS
from .scenes import render_seed
from .scoring import exact
from .baselines import Blind, prior_states, wilson

FIRST_SEED = {"profile": 10_000_000, "test": 20_000_000}
BATCH = 8


def arithmetic(worker, args):
    """Context of the chosen arithmetic."""
    return worker.autocast() if args.bf16 else nullcontext()


@torch.no_grad()
def work(worker, args):
    """Score this rank's images; leaves one JSON line per image, half and budget."""
    model, tokenizer, _ = package.load(args.package)
    began = time.time()
    with open(os.path.join(args.out, "part%d.jsonl" % worker.rank), "w") as file:
        for half, first in FIRST_SEED.items():
            for start in range(worker.rank * BATCH, args.images, worker.size * BATCH):
                seeds = [first + i for i in range(start, min(start + BATCH, args.images))]
                samples = [render_seed(s) for s in seeds]
                images = [evaluation_turns(random.Random(s), x.state) for s, x in zip(seeds, samples)]
                pixels = normalise(torch.stack([torch.from_numpy(x.image.copy()) for x in samples]))
                packed = pack(tokenizer, images)
                with arithmetic(worker, args):
                    tapped, level = model.features(pixels)
                for budget in args.budgets:
                    if budget > 144 and start // BATCH % 3:
                        continue
                    with arithmetic(worker, args):
                        marks = exact(model, packed, model.visual_tokens(tapped, level, budget), images)
                    for seed, turns, row in zip(seeds, images, marks):
                        file.write(json.dumps({"half": half, "budget": budget, "seed": seed, "turns": [
                            list(t) + [m] for t, m in zip(turns, row)]}) + "\n")
                if worker.lead and start // BATCH % 4 == 0:
                    print("%s: %d of %d images, %.0f s" % (half, start, args.images, time.time() - began), flush=True)
    worker.barrier()


def rows(args):
    """All scored turns: (half, budget, kind, template, question, answer, right)."""
    for rank in range(args.workers):
        with open(os.path.join(args.out, "part%d.jsonl" % rank)) as file:
            for line in file:
                data = json.loads(line)
                for turn in data["turns"]:
                    yield (data["half"], data["budget"], *turn)


def reference(args):
    """A budget that every image was read at."""
    return max(b for b in args.budgets if b <= 144)


def summarise(args):
    """The manifest's `accuracy` object and {template: {budget: [asked, right]}} of the test half."""
    from .questions import Turn
    blind = Blind(prior_states(args.blind_states))
    tally = defaultdict(lambda: [0, 0])
    guessed, templates = defaultdict(lambda: [0, 0]), defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for half, budget, kind, template, question, answer, right in rows(args):
        cell = tally[half, budget, kind]
        cell[0] += 1
        cell[1] += right
        if half == "test":
            cell = templates[kind, template][budget]
            cell[0] += 1
            cell[1] += right
            if budget == reference(args):
                guessed[kind][0] += 1
                guessed[kind][1] += blind.answer(Turn(kind, template, question, answer)) == answer
    kinds, last = KINDS + EXTRA_KINDS, reference(args)

    def share(half, budget, kind):
        asked, right = tally[half, budget, kind]
        return round(right / max(1, asked), 4)

    def interval(budget, kind):
        low, high = wilson(tally["test", budget, kind][1], tally["test", budget, kind][0])
        return {"value": share("test", budget, kind), "low": round(low, 4), "high": round(high, 4),
                "n": tally["test", budget, kind][0]}

    accuracy = {
        "metric": "exact match of the whole greedy answer", "kinds": KINDS, "kinds_left_out_of_means": EXTRA_KINDS,
        "method": "held-out seeds of the training renderer; profile half (seeds from %d) for planning, test half "
                  "(from %d) for reporting; float16 weights, %s; blind = commonest answer to that exact "
                  "question text over %d truths of the training distribution" % (
                      FIRST_SEED["profile"], FIRST_SEED["test"],
                      "bf16 matrix products" if args.bf16 else "fp32 arithmetic", args.blind_states),
        "command": "python3 -m models.training.evaluate --package models/nano --images %d%s" % (
            args.images, " --bf16" if args.bf16 else ""),
        "profile": {"images": args.images, "n": {k: tally["profile", last, k][0] for k in kinds},
                    "exact_match": {str(b): {k: share("profile", b, k) for k in kinds} for b in args.budgets}},
        "test": {"images": args.images, "n": {k: tally["test", last, k][0] for k in kinds},
                 "blind": {k: round(guessed[k][1] / max(1, guessed[k][0]), 4) for k in kinds},
                 "exact_match": {str(b): {k: interval(b, k) for k in kinds} for b in args.budgets}},
    }
    return accuracy, templates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default="models/nano")
    parser.add_argument("--images", type=int, default=480, help="images per half, about 10 questions each")
    parser.add_argument("--budgets", type=int, nargs="+", default=[576, 144, 64, 36, 16, 4, 1])
    parser.add_argument("--blind-states", type=int, default=40000)
    parser.add_argument("--out", default="models/training/runs/evaluation", help="scored turns and tables")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=29514)
    parser.add_argument("--bf16", action="store_true", help="bf16 matrix products")
    parser.add_argument("--keep-manifest", action="store_true", help="print only; leave manifest and card alone")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    launch(work, args, args.workers, "cpu", args.port)
    accuracy, templates = summarise(args)
    print(model_card.accuracy_table(accuracy))
    by_template = model_card.template_table(templates, args.budgets)
    with open(os.path.join(args.out, "templates.md"), "w") as file:
        file.write(by_template)
    package.write_json(os.path.join(args.out, "accuracy.json"), accuracy)
    if not args.keep_manifest:
        path = os.path.join(args.package, "manifest.json")
        with open(path, encoding="utf-8") as file:
            manifest = json.load(file)
        manifest["accuracy"] = accuracy
        package.write_json(path, manifest)
        model_card.write(os.path.join(args.package, "MODEL_CARD.md"), manifest, by_template)


if __name__ == "__main__":
    main()
