"""Losses and exact match of packed turns.

Teacher forcing with "every answer id is the argmax" equals greedy decoding with exact match: as soon as greedy
leaves the right answer, some position of the right answer is not the argmax.
"""
from collections import defaultdict

import torch
import torch.nn.functional as F

from .packing import answer_rows, hidden_states
from .tokenizer import EOS

DENSE = ("describe", "find")
EASY = 0.2
"""Weight of </s>, which is right from the start and would only dilute one-word answers."""


def answer_logits(model, packed, visual):
    """(logits [m, vocab], targets [m], batch index [m], turn index [m]) at all answer positions."""
    rows, valid = answer_rows(packed)
    hidden = hidden_states(model, packed, visual, rows)
    return (model.language_model.lm_head(hidden[valid]).float(), packed.targets.gather(1, rows)[valid],
            valid.nonzero()[:, 0], packed.segments.gather(1, rows)[valid] - 1)


def losses(model, packed, visual, images):
    """{"qa", "describe", "find": weighted mean cross-entropy per answer id}; empty groups are left out."""
    logits, targets, image, turn = answer_logits(model, packed, visual)
    each = F.cross_entropy(logits, targets, reduction="none")
    weight = torch.where(targets == EOS, EASY, 1.0)
    group = torch.tensor([1 + DENSE.index(images[i][t].kind) if images[i][t].kind in DENSE else 0
                          for i, t in zip(image.tolist(), turn.tolist())], device=each.device)
    here = [(name, group == k) for k, name in enumerate(("qa",) + DENSE)]
    return {name: (each * weight)[where].sum() / weight[where].sum() for name, where in here if bool(where.any())}


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
