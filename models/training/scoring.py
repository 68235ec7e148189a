"""Losses and exact match of packed turns.

Teacher forcing with "every answer id is the argmax" equals greedy decoding with exact match: as soon as greedy
leaves the right answer, some position of the right answer is not the argmax.
"""
from collections import defaultdict

import torch
import torch.nn.functional as F

from .packing import hidden_states

DENSE = ("describe", "find")


def answer_logits(model, packed, visual):
    """(logits [m, vocab], targets [m], batch index [m], turn index [m]) at all answer positions."""
    hidden = hidden_states(model, packed, visual)
    where = packed.targets >= 0
    index = where.nonzero()
    return (model.language_model.lm_head(hidden[where]).float(), packed.targets[where], index[:, 0],
            packed.segments[where] - 1)


def losses(model, packed, visual, images):
    """{"qa", "describe", "find": mean cross-entropy per answer id}; empty groups are left out."""
    logits, targets, image, turn = answer_logits(model, packed, visual)
    each = F.cross_entropy(logits, targets, reduction="none")
    group = torch.tensor([1 + DENSE.index(images[i][t].kind) if images[i][t].kind in DENSE else 0
                          for i, t in zip(image.tolist(), turn.tolist())], device=each.device)
    return {name: each[group == k].mean() for k, name in enumerate(("qa",) + DENSE) if bool((group == k).any())}


@torch.no_grad()
def exact(model, packed, visual, images):
    """List per image of lists of bool, one per turn: is the greedy answer exactly right?"""
    logits, targets, image, turn = answer_logits(model, packed, visual)
    right = [[True] * len(turns) for turns in images]
    for i, t in zip(*(x[logits.argmax(-1) != targets].tolist() for x in (image, turn))):
        right[i][t] = False
    return right


def tally(images, right, table=None):
    """Add results to {kind: [asked, right]}."""
    table = defaultdict(lambda: [0, 0]) if table is None else table
    for turns, marks in zip(images, right):
        for turn, mark in zip(turns, marks):
            table[turn.kind][0] += 1
            table[turn.kind][1] += mark
    return table
