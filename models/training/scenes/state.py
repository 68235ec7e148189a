"""What a scene contains: the whole truth that questions are asked about."""
from dataclasses import asdict, dataclass, field
from typing import List

PAINTS = ["red", "blue", "green", "yellow", "white", "black"]
"""Colours of cars and boxes."""
LAMP_COLOURS = ["red", "green", "yellow", "blue"]
SIGNALS = ["red", "amber", "green"]
LEVELS = ["low", "medium", "high"]
LAMP_NAMES = ["left", "middle", "right"]

GRID_SCENES = {
    # scene: (noun, plural, names of the rows, word for a row, word for a column, places per row)
    "carpark": ("car", "cars", ["top", "middle", "bottom"], "row", "slot", [5, 5, 5]),
    "shelf": ("box", "boxes", ["top", "middle", "bottom"], "row", "place", [6, 6, 6]),
    "junction": ("car", "cars", ["north", "east", "south", "west"], "arm", "position", [3, 3, 2, 3]),
}


@dataclass
class Item:
    """One car or box. `row` and `col` are 0-based; `dx`, `dy` shift it in pixels while it moves."""

    row: int
    col: int
    colour: str
    dx: float = 0.0
    dy: float = 0.0


@dataclass
class SceneState:
    """Everything that can be asked about. Fields that a scene does not have keep their defaults."""

    scene: str
    light: float = 1.0  # 1 = noon, 0.3 = night
    items: List[Item] = field(default_factory=list)
    signal: str = ""
    people: List[float] = field(default_factory=list)  # places across the crossing, 0..1
    digits: str = ""
    lamps: List[str] = field(default_factory=list)  # a colour or "off"
    gauge: str = ""

    def row(self, row):
        """Items of one row, by column."""
        return sorted((i for i in self.items if i.row == row), key=lambda i: i.col)

    def at(self, row, col):
        """The item at a place, or None."""
        return next((i for i in self.items if i.row == row and i.col == col), None)

    def coloured(self, colour):
        """Items of one colour in reading order."""
        return sorted((i for i in self.items if i.colour == colour), key=lambda i: (i.row, i.col))

    def to_json(self):
        """Plain dictionary, for caches and sidecar files."""
        return asdict(self)

    @staticmethod
    def from_json(data):
        """Inverse of `to_json`."""
        return SceneState(**{**data, "items": [Item(**i) for i in data["items"]]})
