"""Auxiliary loss that pulls each visual token toward the word embeddings of what its window shows.

Without it the decoder sits on the blind plateau for long: the features hold the answer, but the language model
has to find it. `BCE(lm_head(norm(visual token)) + bias, words true in the window)` writes visual tokens into the
language model's own output space, so that looking up and copying is all that is left to learn. A second small
head counts the objects of the window.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .scenes.canvas import CLASS_ID, CLASSES, COLUMNS, GRID, ROWS
from .scenes.state import GRID_SCENES, LAMP_NAMES

SCENE_ORDER = ["carpark", "junction", "shelf", "panel"]
ORDINALS = ["first", "second", "third", "fourth"]
MOST = 6


def words_of(scene, name, row, col):
    """Words that are true of a patch with these labels."""
    kind, _, what = name.partition(" ")
    if kind in ("background", "empty"):
        return []
    words = {"person": ["people"], "digit": [what], "signal": ["light", what]}.get(kind, [kind, what])
    if scene == "panel":
        if col and kind == "digit" and col <= 4:
            words = words + [ORDINALS[col - 1]]
        if col and kind == "lamp" and col <= 3:
            words = words + [LAMP_NAMES[col - 1]]
        return words
    rows = GRID_SCENES[scene][2]
    if 0 < row <= len(rows):
        words = words + [rows[row - 1]]
    if col:
        words = words + [str(col)] + ([ORDINALS[col - 1]] if scene == "junction" and col <= 3 else [])
    return words


class WordTargets(nn.Module):
    """Lookup from label maps to multi-hot words, and the two auxiliary losses."""

    def __init__(self, tokenizer, hidden):
        super().__init__()
        cells = {(s, c, r, k): words_of(scene, name, r, k) for s, scene in enumerate(SCENE_ORDER)
                 for name, c in CLASS_ID.items() for r in range(ROWS) for k in range(COLUMNS)}
        vocabulary = sorted({w for words in cells.values() for w in words})
        table = np.zeros((len(SCENE_ORDER), len(CLASSES), ROWS, COLUMNS, len(vocabulary)), np.uint8)
        for cell, words in cells.items():
            for word in words:
                table[cell + (vocabulary.index(word),)] = 1
        self.table = table
        self.register_buffer("ids", torch.tensor([tokenizer.encode(w)[-1] for w in vocabulary]))
        self.bias = nn.Parameter(torch.full((len(vocabulary),), -2.0))
        self.count = nn.Linear(hidden, MOST + 1)

    def targets(self, states, labels, scale):
        """(multi-hot [B, K, words], object count [B, K]) for windows of scale x scale patches."""
        scene = np.array([SCENE_ORDER.index(s.scene) for s in states])[:, None, None]
        x = self.table[scene, labels[:, 0], labels[:, 2], labels[:, 3]]
        b, g = len(states), GRID // scale
        hot = x.reshape(b, g, scale, g, scale, -1).max((2, 4)).reshape(b, g * g, -1)
        things = labels[:, 1].reshape(b, g, scale, g, scale).sum((2, 4)).reshape(b, g * g)
        return torch.from_numpy(hot), torch.from_numpy(things.astype(np.int64)).clamp_max(MOST)

    def loss(self, model, visual, hot, things):
        """Weighted sum of both losses for visual tokens [B, K, hidden]."""
        x = model.language_model.model.norm(visual)
        logits = F.linear(x, model.language_model.lm_head.weight[self.ids]).float() + self.bias
        words = F.binary_cross_entropy_with_logits(logits, hot.float())
        count = F.cross_entropy(self.count(x).float().flatten(0, 1), things.flatten())
        return 20.0 * words + 0.3 * count
