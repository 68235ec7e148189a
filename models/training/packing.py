"""Many turns per sequence: one image's prompt is packed as

    <s> USER:   K visual rows   turn 1   turn 2   ...      with turn = question ids, answer ids, </s>

Every turn sees the prefix, the visual rows and itself, and its positions restart after the visual rows. So a
dozen turns cost one sequence, yet each is exactly the single-turn prompt that will be served.
"""
from typing import NamedTuple

import numpy as np
import torch

from . import prompt

NEG = -1e4
"""Additive mask; finite, so that padding rows stay finite in bf16."""


class Packed(NamedTuple):
    """Text of a batch. n = visual rows excluded; `targets` is -1 where nothing is predicted."""

    ids: torch.Tensor       # [B, n] token ids, prefix first
    segments: torch.Tensor  # [B, n] 0 prefix, 1.. turns, -1 padding
    offsets: torch.Tensor   # [B, n] position inside the turn (or prefix)
    targets: torch.Tensor   # [B, n] id to be predicted AT this position
    prefix: int             # length of the prefix


def pack(tokenizer, images):
    """`images` is a list of lists of turns; returns the batch's text."""
    before = prompt.before_ids(tokenizer)
    rows = []
    for turns in images:
        ids, segments = list(before), [0] * len(before)
        offsets, targets = list(range(len(before))), [-1] * len(before)
        for t, turn in enumerate(turns):
            question = prompt.question_ids(tokenizer, turn.question)
            answer = prompt.answer_ids(tokenizer, turn.answer)
            inside = question + answer[:-1]
            ids += inside
            segments += [t + 1] * len(inside)
            offsets += range(len(inside))
            targets += [-1] * (len(question) - 1) + answer
        rows.append((ids, segments, offsets, targets))
    n = max(len(r[0]) for r in rows)
    fill = (0, -1, 0, -1)
    out = [torch.from_numpy(np.array([r[k] + [fill[k]] * (n - len(r[k])) for r in rows])) for k in range(4)]
    return Packed(*out, len(before))


def on_device(packed, device):
    """The same batch on another device."""
    return Packed(*(t.to(device) for t in packed[:-1]), packed.prefix)


def attention(packed, budget):
    """(positions [B, K + n], additive mask [B, 1, K + n, K + n]) with the visual rows after the prefix."""
    b, p = packed.ids.shape[0], packed.prefix
    seen = torch.zeros(b, budget, dtype=torch.long, device=packed.ids.device)
    segments = torch.cat([packed.segments[:, :p], seen, packed.segments[:, p:]], 1)
    rows = torch.arange(budget, device=packed.ids.device).expand(b, -1) + p
    positions = torch.cat([packed.offsets[:, :p], rows, packed.offsets[:, p:] + p + budget], 1)
    n = segments.shape[1]
    causal = torch.ones(n, n, dtype=torch.bool, device=segments.device).tril()
    same = segments[:, :, None] == segments[:, None]
    allowed = causal & (same | (segments[:, None] == 0))
    return positions, torch.zeros(b, 1, n, n, device=segments.device).masked_fill_(~allowed[:, None], NEG)


def answer_rows(packed):
    """(text positions [B, a] at which an answer id is predicted, valid [B, a]); short rows repeat position 0."""
    wanted = packed.targets >= 0
    most = int(wanted.sum(1).max())
    rows = wanted.int().sort(dim=1, descending=True, stable=True).indices[:, :most]
    return rows, wanted.gather(1, rows)


def hidden_states(model, packed, visual, rows):
    """Run the decoder; returns hidden states at the text positions `rows`, [B, a, hidden]."""
    k, p = visual.shape[1], packed.prefix
    text = model.language_model.model.embed_tokens(packed.ids)
    positions, mask = attention(packed, k)
    embeddings = torch.cat([text[:, :p], visual.float(), text[:, p:]], 1)
    return model.language_model(embeddings, positions, mask, rows=torch.where(rows < p, rows, rows + k))[0]
