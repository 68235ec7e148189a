"""Warehouse shelf seen from the front: three rows of six places, up to six boxes."""
from .palette import jittered, shaded
from .placing import items
from .state import SceneState
from .vehicles import paint_of

ROWS, PLACES = 3, 6


def sample_state(rng):
    """0 to 6 boxes in 18 places, often side by side."""
    places = [(r, c) for r in range(ROWS) for c in range(PLACES)]
    return SceneState("shelf", items=items(rng, places, rng.randint(0, 6), clustering=0.5))


def sample_look(rng):
    """Rack geometry and box shapes that stay fixed while boxes come and go."""
    return {
        "left": rng.uniform(10, 24), "pitch": rng.uniform(49.5, 52.5), "top": rng.uniform(88, 104),
        "row_pitch": rng.uniform(98, 106), "wall": jittered(rng, rng.choice(
            [(168, 164, 156), (146, 152, 160), (184, 176, 160)]), 14),
        "frame": jittered(rng, rng.choice([(70, 84, 118), (150, 88, 50), (96, 98, 100)]), 12),
        "sizes": [(rng.uniform(39, 46), rng.uniform(42, 66)) for _ in range(ROWS * PLACES)],
        "jitter": [rng.uniform(-2.5, 2.5) for _ in range(ROWS * PLACES)],
        "tape": rng.random() < 0.6,
        "shade": {c: jittered(rng, paint_of(c)) for c in ("red", "blue", "green", "yellow", "white", "black")},
    }


def draw(canvas, look, state):
    """Paint the scene and its labels."""
    d = canvas.draw
    d.rectangle((0, 0, 336, 336), fill=look["wall"])
    right = look["left"] + PLACES * look["pitch"]
    for row in range(ROWS):
        y = look["top"] + row * look["row_pitch"]
        d.rectangle((look["left"] - 6, y, right + 6, y + 8), fill=look["frame"], outline=shaded(look["frame"], 0.6))
        for col in range(PLACES):
            x = look["left"] + col * look["pitch"]
            canvas.mark((x + 4, y - 56, x + look["pitch"] - 4, y), "empty", row + 1, col + 1, centre=False)
    for x in (look["left"] - 8, right + 2):
        d.rectangle((x, 8, x + 6, 336), fill=shaded(look["frame"], 0.8))
    for item in state.items:
        index = item.row * PLACES + item.col
        width, height = look["sizes"][index]
        x = look["left"] + (item.col + 0.5) * look["pitch"] + look["jitter"][index] + item.dx
        y = look["top"] + item.row * look["row_pitch"] + item.dy
        rgb = look["shade"][item.colour]
        box = (x - width / 2, y - height, x + width / 2, y)
        d.rectangle(box, fill=rgb, outline=shaded(rgb, 0.55) if sum(rgb) > 120 else (74, 74, 80))
        if look["tape"]:
            d.rectangle((x - 3, box[1] + 1, x + 3, box[3] - 1), fill=(186, 160, 116))
        d.rectangle((box[0] + 4, box[3] - 15, box[0] + 13, box[3] - 6), fill=(236, 232, 220))
        canvas.mark(box, "box " + item.colour, item.row + 1, item.col + 1)
