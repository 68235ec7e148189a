"""Heads that read dense labels off the tower's last block while it is pre-trained; not shipped."""
import torch
import torch.nn.functional as F
from torch import nn

from ..scenes.canvas import CLASSES, COLUMNS, GRID, ROWS


class DenseHeads(nn.Module):
    """Per patch: class, is it an object's centre, row and column ordinal, own grid position."""

    def __init__(self, hidden):
        super().__init__()
        self.sizes = [len(CLASSES), 1, ROWS, COLUMNS, GRID, GRID]
        self.norm = nn.LayerNorm(hidden)
        self.out = nn.Linear(hidden, sum(self.sizes))

    def forward(self, patches):
        """[B, n, hidden] -> six logit tensors."""
        return self.out(self.norm(patches)).float().split(self.sizes, -1)

    def loss(self, patches, labels, places):
        """`labels` [B, 4, n] as in `scenes.canvas`; `places` [B, n] or [n] raster index of each patch."""
        classes, centre, row, column, y, x = (t.flatten(0, 1) for t in self(patches))
        target, middle, row_id, column_id = (labels[:, k].flatten().long() for k in range(4))
        weight = torch.ones(len(CLASSES), device=patches.device)
        weight[0] = weight[-1] = 0.3
        spot = places.expand(patches.shape[0], -1).flatten()
        class_loss = F.cross_entropy(classes, target, weight)
        total = (class_loss
                 + 0.5 * F.binary_cross_entropy_with_logits(
                     centre[:, 0], middle.float(), pos_weight=torch.tensor(4.0, device=patches.device))
                 + 0.3 * (F.cross_entropy(row, row_id) + F.cross_entropy(column, column_id))
                 + 0.05 * (F.cross_entropy(y, spot // GRID) + F.cross_entropy(x, spot % GRID)))
        guess = classes.argmax(-1)
        return total, {"class": accuracy(guess, target, target > 0),
                       "digit": accuracy(guess, target, (target >= DIGIT0) & (target < DIGIT0 + 10)),
                       "person": accuracy(guess, target, target == DIGIT0 - 1),
                       "row": accuracy(row.argmax(-1), row_id, row_id > 0),
                       "column": accuracy(column.argmax(-1), column_id, column_id > 0)}


DIGIT0 = CLASSES.index("digit 0")


def accuracy(guess, target, where):
    """Share of right guesses among `where`; None when there is nothing to guess."""
    n = int(where.sum())
    return float((guess[where] == target[where]).float().mean()) if n else None
