"""Synthetic camera scenes with complete truth.

`sample_state` says what there is, `sample_look` says how it is built and seen, `draw` turns both into
pixels and label maps, `camera` makes a photograph of it. The same state drawn twice is the same truth,
which is what lets clips animate a state while the look stays fixed.
"""
from .render import SCENES, Sample, draw_state, render, render_seed, sample_look, sample_state
from .state import Item, SceneState

__all__ = ["SCENES", "Item", "Sample", "SceneState", "draw_state", "render", "render_seed", "sample_look",
           "sample_state"]
