"""One call from a seed to an image, its label maps and its truth."""
import random
from typing import NamedTuple

import numpy as np

from . import camera as cameras
from . import carpark, junction, panel, shelf
from .canvas import Canvas
from .state import SceneState

SCENES = {"carpark": carpark, "junction": junction, "shelf": shelf, "panel": panel}
NIGHT_TINT = (0.9, 0.95, 1.15)


class Sample(NamedTuple):
    """image uint8 [336, 336, 3]; labels int8 [4, 24, 24] as in `canvas`; the truth."""

    image: np.ndarray
    labels: np.ndarray
    state: SceneState


def sample_state(rng, scene):
    """A random truth for one kind of scene."""
    return SCENES[scene].sample_state(rng)


def sample_look(rng, scene):
    """A random build of one kind of scene."""
    return SCENES[scene].sample_look(rng)


def draw_state(look, state):
    """(PIL image in the state's light, label maps)."""
    canvas = Canvas((0, 0, 0))
    SCENES[state.scene].draw(canvas, look, state)
    return canvas.lit(state.light, NIGHT_TINT), canvas.labels


def render(rng, scene):
    """A photograph of a random scene of one kind."""
    state = sample_state(rng, scene)
    state.light = cameras.sample_light(rng)
    image, labels = draw_state(sample_look(rng, scene), state)
    return Sample(cameras.photograph(rng, image, cameras.sample_camera(rng)), labels, state)


def render_seed(seed, panel_share=0.25):
    """The image of one seed. `panel_share` of all seeds are panels, the rest shared evenly."""
    rng = random.Random(seed * 7919 + 17)
    if rng.random() < panel_share:
        return render(rng, "panel")
    return render(rng, rng.choice(["carpark", "junction", "shelf"]))
