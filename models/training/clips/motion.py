"""Movement of things that come, go and queue, on a clock that wraps around so that a clip loops."""
from ..scenes import Item
from ..scenes.junction import OUTWARD

SECONDS = 30.0
"""Length of a loop."""
GLIDE = 0.9
"""Seconds a thing takes to come or go."""


def eased(x):
    """0..1 with soft ends."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


class Visitor:
    """An item that is present between `enter` and `leave` (seconds); with enter > leave, over the loop's seam."""

    def __init__(self, row, col, colour, away=(0, 0), enter=None, leave=None):
        self.row, self.col, self.colour, self.away = row, col, colour, away
        self.enter, self.leave = enter, leave

    def at(self, time):
        """(Item or None, moving)."""
        if self.enter is None:
            return Item(self.row, self.col, self.colour), False
        for start, coming in ((self.enter, True), (self.leave, False)):
            if start <= time < start + GLIDE:
                part = eased((time - start) / GLIDE)
                out = 1 - part if coming else part
                return Item(self.row, self.col, self.colour, self.away[0] * out, self.away[1] * out), True
        inside = (self.enter <= time < self.leave) if self.enter < self.leave else not self.leave <= time < self.enter
        return (Item(self.row, self.col, self.colour) if inside else None), False


def visit(visitors, time):
    """(items, moving) of all visitors."""
    seen = [v.at(time) for v in visitors]
    return [item for item, _ in seen if item is not None], any(moving for _, moving in seen)


class Queue:
    """Cars on one arm. `steps` is [(second, colours from the centre outward)], cyclic; colours are distinct."""

    DRIVE = 1.4

    def __init__(self, arm, steps):
        self.arm, self.steps = arm, steps

    def at(self, time):
        """(items, moving)."""
        now = max((k for k, (t, _) in enumerate(self.steps) if t <= time), default=len(self.steps) - 1)
        start, cars = self.steps[now]
        before = self.steps[now - 1][1]
        part = eased((time - start) % SECONDS / self.DRIVE)
        if part >= 1 or cars == before:
            return [Item(self.arm, k, c) for k, c in enumerate(cars)], False
        items = []
        for k, colour in enumerate(cars):
            come_from = before.index(colour) if colour in before else k + 4
            items.append(self._shifted(k, colour, 36 * (come_from - k) * (1 - part)))
        for k, colour in enumerate(before):
            if colour not in cars:
                items.append(self._shifted(k, colour, -330 * part))
        return items, True

    def _shifted(self, place, colour, outward):
        step = OUTWARD[self.arm]
        return Item(self.arm, place, colour, step[0] * outward, step[1] * outward)


def latest(steps, time):
    """Value of the last (second, value) step at or before `time`; wraps to the last one."""
    return next((v for t, v in reversed(steps) if t <= time), steps[-1][1])
