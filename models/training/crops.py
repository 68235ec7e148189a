"""Training batches for the tower: crops of 8x8 patches at their true grid place, and whole images."""
import os

import numpy as np
import torch

from .scenes.canvas import CLASSES, GRID, PATCH

SIDE = 8
"""Crop side in patches. A crop costs a twentieth of a full image and transfers to it almost for free."""


def difficulty():
    """Sampling weight per class: thin strokes and small things need more looks."""
    weight = np.ones(len(CLASSES))
    for i, name in enumerate(CLASSES):
        weight[i] = 3.0 if name.startswith(("digit", "person")) else 2.0 if name.startswith("gauge") else 1.0
    return weight


class SceneSet:
    """Memory-mapped output of `render_set`."""

    def __init__(self, folder):
        self.images = np.load(os.path.join(folder, "images.npy"), mmap_mode="r")
        self.labels = np.load(os.path.join(folder, "labels.npy"))
        self.weight = difficulty()
        first = CLASSES.index("digit 0")
        has_digit = ((self.labels[:, 0] >= first) & (self.labels[:, 0] < first + 10)).any((1, 2))
        self.panels, self.others = np.flatnonzero(has_digit), np.flatnonzero(~has_digit)

    def pick(self, rng, panel_share):
        """Index of a random image; `panel_share` None keeps the set's own mix."""
        if panel_share is None:
            return rng.integers(len(self.labels))
        pool = self.panels if rng.random() < panel_share else self.others
        return pool[rng.integers(len(pool))]

    def crops(self, rng, count, panel_share=None):
        """uint8 [count, 112, 112, 3], labels [count, 4, 64], places [count, 64]; 60 % centred on an object."""
        pixels = np.empty((count, SIDE * PATCH, SIDE * PATCH, 3), np.uint8)
        labels = np.empty((count, 4, SIDE * SIDE), np.int8)
        places = np.empty((count, SIDE * SIDE), np.int64)
        cells = np.arange(GRID * GRID).reshape(GRID, GRID)
        for k in range(count):
            i = self.pick(rng, panel_share)
            y, x = rng.integers(0, GRID - SIDE + 1, 2)
            if rng.random() < 0.6:
                spots = np.argwhere(self.labels[i, 1] > 0)
                if len(spots):
                    w = self.weight[self.labels[i, 0][spots[:, 0], spots[:, 1]]]
                    cy, cx = spots[rng.choice(len(spots), p=w / w.sum())]
                    y = min(max(cy - rng.integers(1, SIDE - 1), 0), GRID - SIDE)
                    x = min(max(cx - rng.integers(1, SIDE - 1), 0), GRID - SIDE)
            pixels[k] = self.images[i, y * PATCH:(y + SIDE) * PATCH, x * PATCH:(x + SIDE) * PATCH]
            labels[k] = self.labels[i, :, y:y + SIDE, x:x + SIDE].reshape(4, -1)
            places[k] = cells[y:y + SIDE, x:x + SIDE].reshape(-1)
        return torch.from_numpy(pixels), torch.from_numpy(labels), torch.from_numpy(places)

    def whole(self, rng, count, panel_share=None):
        """The same for whole images: 336x336 pixels, 576 patches."""
        chosen = sorted(self.pick(rng, panel_share) for _ in range(count))
        pixels = np.stack([self.images[i] for i in chosen])
        labels = self.labels[chosen].reshape(count, 4, -1)
        return torch.from_numpy(pixels), torch.from_numpy(labels), torch.arange(GRID * GRID)[None]
