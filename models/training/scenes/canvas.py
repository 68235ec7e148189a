"""Drawing surface that keeps label maps in step with the pixels.

Label maps are 24x24, one cell per 14-pixel patch, stacked as [class, centre, row, column]:
class indexes `CLASSES`; centre is 1 where an object's middle falls; row and column are 1-based ordinals
of the place the patch belongs to (0 = none).
"""
import numpy as np
from PIL import Image, ImageDraw

from .state import LAMP_COLOURS, LEVELS, PAINTS, SIGNALS

SIZE, PATCH, GRID = 336, 14, 24

CLASSES = (["background"]
           + ["car " + c for c in PAINTS]
           + ["box " + c for c in PAINTS]
           + ["signal " + c for c in SIGNALS]
           + ["person"]
           + ["digit %d" % d for d in range(10)]
           + ["lamp off"] + ["lamp " + c for c in LAMP_COLOURS]
           + ["gauge " + v for v in LEVELS]
           + ["empty"])
CLASS_ID = {name: i for i, name in enumerate(CLASSES)}
ROWS, COLUMNS = 5, 7
"""Number of row and column ordinals, 0 included."""


class Canvas:
    """A PIL image in daylight, a list of things that glow, and the label maps."""

    def __init__(self, background):
        self.image = Image.new("RGB", (SIZE, SIZE), background)
        self.draw = ImageDraw.Draw(self.image)
        self.labels = np.zeros((4, GRID, GRID), np.int8)
        self._glows = []

    def mark(self, box, name, row=0, col=0, centre=True):
        """Label the patches that `box` (x0, y0, x1, y1 in pixels) covers by half or more."""
        x0, y0, x1, y1 = (max(0.0, min(float(SIZE), v)) / PATCH for v in box)
        i0, i1, j0, j1 = round(y0), round(y1), round(x0), round(x1)
        if x1 - x0 < 0.1 or y1 - y0 < 0.1:
            return
        if i1 <= i0:
            i0 = min(GRID - 1, int((y0 + y1) / 2))
            i1 = i0 + 1
        if j1 <= j0:
            j0 = min(GRID - 1, int((x0 + x1) / 2))
            j1 = j0 + 1
        self.labels[0, i0:i1, j0:j1] = CLASS_ID[name]
        self.labels[2, i0:i1, j0:j1] = row
        self.labels[3, i0:i1, j0:j1] = col
        if centre:
            ci, cj = int((y0 + y1) / 2), int((x0 + x1) / 2)
            self.labels[1, min(ci, GRID - 1), min(cj, GRID - 1)] = 1

    def glow(self, paint):
        """Remember `paint(draw)`: it is drawn after the light has been turned down."""
        self._glows.append(paint)

    def lit(self, light, tint):
        """The image at a light level, glowing things at full strength."""
        if light < 0.999:
            table = []
            for channel in range(3):
                gain = light * (tint[channel] if light < 0.8 else 1.0)
                table += [min(255, int(v * gain)) for v in range(256)]
            self.image = self.image.point(table)
            self.draw = ImageDraw.Draw(self.image)
        for paint in self._glows:
            paint(self.draw)
        return self.image
