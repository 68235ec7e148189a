"""Stages 3 and 4: projector and decoder together on cached features, one random budget per step.

    python3 -m models.training.train_vlm --minutes 90

First `--grounding` of the time: K in {16, 36, 64, 144}, heavy `describe` and word targets (grounding). Then mostly
middle budgets, then all at random, so that one set of weights serves the whole ladder. The learning rate is a cosine over wall-clock
time and every two minutes a checkpoint is written; starting again resumes, also with other `--minutes`.
"""
import argparse
import json
import math
import os
import random

from . import threads  # noqa: F401

import torch
from torch import nn

from . import prompt
from .cache_features import FeatureSet
from .model.config import DecoderConfig, DeltaConfig, TowerConfig
from .model.decoder import Decoder
from .model.delta import DeltaProjector
from .packing import on_device, pack
from .parallel import launch, save
from .progress import Progress
from .questions import evaluation_turns, training_turns
from .questions.draw import describe_turn
from .scoring import exact, losses, tally
from .tokenizer import Tokenizer
from .train_tower import decayed_groups
from .word_targets import WordTargets

GROUNDING_LAW = {16: 0.3, 36: 0.3, 64: 0.25, 144: 0.15}
ELASTIC_LAW = {576: 0.02, 144: 0.14, 64: 0.16, 36: 0.2, 16: 0.2, 4: 0.14, 1: 0.14}
LAST_LAW = {**ELASTIC_LAW, 576: 0.06}
MIDDLE_LAW = {144: 0.2, 64: 0.25, 36: 0.25, 16: 0.2, 4: 0.06, 1: 0.04}
"""Share of steps per budget: while grounding, until `ELASTIC_FROM`, later, and in the last tenth."""
ELASTIC_FROM = 0.38
"""Looking things up is learned at the middle budgets; the small ones follow once the decoder can do it."""
SMALL_BATCHES = 0.8
"""Share of the time with half batches: early on the number of steps limits, not the number of images."""


class Trainee(nn.Module):
    """Projector and decoder under the names that scoring and export use; the tower is frozen and cached."""

    def __init__(self, tokenizer):
        super().__init__()
        self.delta = DeltaConfig()
        decoder = DecoderConfig(vocab=tokenizer.size)
        self.multi_modal_projector = DeltaProjector(self.delta, TowerConfig().hidden, decoder.hidden)
        self.language_model = Decoder(decoder)

    def visual_tokens(self, tapped, budget):
        """[B, P, taps * C] -> [B, K, hidden]; the query level is the tap of `query_layer`."""
        c = tapped.shape[-1] // len(self.delta.taps)
        at = self.delta.taps.index(self.delta.query_layer)
        scale = self.delta.scales[self.delta.budgets.index(budget)]
        return self.multi_modal_projector(tapped, tapped[..., at * c:(at + 1) * c], scale)


def weights(done, grounding):
    """(learning-rate factor, describe, find, auxiliary weight, budget law) at `done` in 0..1."""
    rate = 0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * done))
    if done < grounding:
        return rate, 0.6, 0.4, 0.3, GROUNDING_LAW
    fade = (done - grounding) / (1 - grounding)
    law = MIDDLE_LAW if done < ELASTIC_FROM else ELASTIC_LAW if done < 0.9 else LAST_LAW
    return rate, 0.6 - 0.4 * fade, 0.4 - 0.15 * fade, 0.3 - 0.22 * fade, law


@torch.no_grad()
def quick_scores(worker, model, tokenizer, data, level_std, budgets, count):
    """{budget: {kind: exact match}} on this rank's share of `count` validation images."""
    scores, count = {}, min(count, len(data))
    for budget in budgets:
        table = None
        for start in range(worker.rank * 8, count, worker.size * 8):
            chosen = range(start, min(start + 8, count))
            images = [evaluation_turns(random.Random(i), data.states[i]) for i in chosen]
            packed = on_device(pack(tokenizer, images), worker.device)
            with worker.autocast():
                visual = model.visual_tokens(data.batch(chosen, level_std).to(worker.device), budget)
                table = tally(images, exact(model, packed, visual, images), table)
        scores[budget] = {k: round(r / n, 3) for k, (n, r) in sorted(table.items())}
    return scores


class Average:
    """Exponential moving average of weights; what is shipped."""

    def __init__(self, model):
        self.values = {n: p.detach().clone() for n, p in model.named_parameters()}

    def update(self, model, step):
        """Decay rises to 0.999, so that the start is soon forgotten."""
        decay = min(0.999, (1 + step) / (10 + step))
        for n, p in model.named_parameters():
            self.values[n].mul_(decay).add_(p.detach(), alpha=1 - decay)


def fill_up(rng, tokenizer, states, images):
    """Give shorter images more turns up to the longest one's length: padding would cost as much."""
    lengths = [sum(map(turn_length(tokenizer), turns)) for turns in images]
    for state, turns, length in zip(states, images, lengths):
        asked = {t.question for t in turns}
        for turn in training_turns(rng, state) + training_turns(rng, state):
            longer = length + turn_length(tokenizer)(turn)
            if turn.question not in asked and longer <= max(lengths):
                asked.add(turn.question)
                turns.append(turn)
                length = longer


def turn_length(tokenizer):
    """Function from a turn to the positions it takes when packed."""
    return lambda turn: (len(prompt.question_ids(tokenizer, turn.question))
                         + len(prompt.answer_ids(tokenizer, turn.answer)) - 1)


def batch_of(worker, rng, data, tokenizer, words, level_std, size, budget, described):
    """Random images with fresh questions: (features, turns, packed text, word targets).

    At least one image, and a share `described` of the others, carries the long `describe` turn.
    """
    chosen = sorted(rng.sample(range(len(data)), size))
    states = [data.states[i] for i in chosen]
    sure = rng.randrange(size)
    images = [training_turns(rng, s) + ([describe_turn(rng, s)] if k == sure or rng.random() < described else [])
              for k, s in enumerate(states)]
    fill_up(rng, tokenizer, states, images)
    targets = words.targets(states, data.labels[chosen], int(24 / math.sqrt(budget)))
    packed = on_device(pack(tokenizer, images), worker.device)
    return data.batch(chosen, level_std).to(worker.device), images, packed, [t.to(worker.device) for t in targets]


def train(worker, args):
    torch.manual_seed(2)
    tokenizer, data = Tokenizer.load(args.tokenizer), FeatureSet(args.features)
    held_out = FeatureSet(args.validation) if os.path.exists(args.validation) else None
    model, shown = (Trainee(tokenizer).to(worker.device) for _ in range(2))
    words = WordTargets(tokenizer, model.language_model.config.hidden).to(worker.device)
    groups = decayed_groups([model, words], 0.05)
    optimiser = torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, 0.97))
    everything, average = [p for g in groups for p in g["params"]], Average(model)
    path, step, level_std = os.path.join(args.out, "checkpoint.pt"), 0, data.level_std
    if os.path.exists(path) and not args.fresh:
        kept = torch.load(path, map_location=worker.device)
        model.load_state_dict(kept["model"])
        words.load_state_dict(kept["words"])
        optimiser.load_state_dict(kept["optimiser"])
        average.values, step = kept["average"], kept["step"]
        worker.resume_clock(kept["elapsed"])
    total, saved, scored = args.minutes * 60.0, worker.elapsed, worker.elapsed
    progress = Progress(os.path.join(args.out, "log.jsonl"), total, period=15.0)
    rng, shared = random.Random(worker.rank * 1000003 + step), random.Random(step)
    while worker.elapsed < total:
        done = min(1.0, worker.elapsed / total)
        rate, describe, find, aux, law = weights(done, args.grounding)
        for group in optimiser.param_groups:
            group["lr"] = args.rate * rate * min(1.0, (step + 1) / 200)
        budget = shared.choices(list(law), list(law.values()))[0]
        size = args.batch if done > SMALL_BATCHES else args.batch // 2
        size = max(1, size // 2) if budget == 576 else size
        tapped, images, packed, targets = batch_of(worker, rng, data, tokenizer, words, level_std, size, budget,
                                                    1.0 if done < args.grounding else 0.4)
        with worker.autocast():
            visual = model.visual_tokens(tapped, budget)
            parts = losses(model, packed, visual, images)
            extra = words.loss(model, visual, *targets)
            loss = parts["qa"] + describe * parts["describe"] + find * parts.get("find", 0.0) + aux * extra
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        worker.average(everything)
        torch.nn.utils.clip_grad_norm_(everything, 1.0)
        optimiser.step()
        step += 1
        average.update(model, step)
        progress.add(**{"%s_%d" % (k, budget): float(v) for k, v in parts.items() if budget in (576, 144, 36, 1)
                        and not (k == "find" and budget != 36)}, aux=float(extra))
        if worker.lead:
            progress.report(worker.elapsed, step, rate=round(args.rate * rate, 6))
        if worker.lead and (worker.elapsed - saved > 120 or worker.elapsed >= total):
            saved = worker.elapsed
            save(path, {"model": model.state_dict(), "words": words.state_dict(), "average": average.values,
                        "optimiser": optimiser.state_dict(), "elapsed": worker.elapsed, "step": step,
                        "level_std": level_std})
        if held_out is not None and worker.elapsed - scored > args.score_every:
            scored = worker.elapsed
            shown.load_state_dict(average.values, strict=False)
            scores = quick_scores(worker, shown, tokenizer, held_out, level_std, (144, 36, 16, 1), 96)
            if worker.lead:
                for budget, row in scores.items():
                    print("  K=%d %s" % (budget, row), flush=True)
                with open(os.path.join(args.out, "scores.jsonl"), "a") as file:
                    file.write(json.dumps({"t": round(worker.elapsed), "step": step, "scores": scores}) + "\n")
    worker.barrier()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", default="models/training/runs/features", help="folder of cache_features")
    parser.add_argument("--validation", default="models/training/runs/val_features", help="same, for quick scores")
    parser.add_argument("--tokenizer", default="models/nano/tokenizer.json")
    parser.add_argument("--out", default="models/training/runs/vlm", help="checkpoint and logs")
    parser.add_argument("--minutes", type=float, default=90.0, help="training time, earlier runs counted in")
    parser.add_argument("--grounding", type=float, default=0.12, help="share of the time for the first phase")
    parser.add_argument("--rate", type=float, default=1.1e-3, help="peak learning rate")
    parser.add_argument("--batch", type=int, default=8, help="images per process and step")
    parser.add_argument("--score-every", type=float, default=360.0, help="seconds between quick scores")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--port", type=int, default=29513)
    parser.add_argument("--fresh", action="store_true", help="ignore an existing checkpoint")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    launch(train, args, args.workers, args.device, args.port)


if __name__ == "__main__":
    main()
