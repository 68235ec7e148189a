"""Car park from above: three rows of five slots, up to six cars."""
from .palette import jittered
from .placing import items
from .state import SceneState
from .vehicles import draw_car, paint_of

ROWS, SLOTS = 3, 5


def sample_state(rng):
    """0 to 6 cars in 15 slots."""
    places = [(r, c) for r in range(ROWS) for c in range(SLOTS)]
    return SceneState("carpark", items=items(rng, places, rng.randint(0, 6)))


def sample_look(rng):
    """Geometry and colours that stay fixed while cars come and go."""
    grey = rng.uniform(78, 128)
    return {
        "left": rng.uniform(10, 28), "top": rng.uniform(12, 30), "pitch": rng.uniform(56, 62),
        "row_pitch": rng.uniform(100, 107), "slot_h": rng.uniform(74, 82),
        "ground": jittered(rng, (grey, grey, grey + 2), 8), "line": jittered(rng, (218, 218, 210), 20),
        "stains": [(rng.uniform(0, 336), rng.uniform(0, 336), rng.uniform(4, 14)) for _ in range(6)],
        "size": (rng.uniform(31, 35), rng.uniform(58, 64)),
        "jitter": [(rng.uniform(-3, 3), rng.uniform(-3, 3)) for _ in range(ROWS * SLOTS)],
        "shade": {c: jittered(rng, paint_of(c)) for c in ("red", "blue", "green", "yellow", "white", "black")},
        "flip": rng.random() < 0.5,
    }


def slot_box(look, row, col):
    """Pixel box of one slot."""
    x0 = look["left"] + col * look["pitch"]
    y0 = look["top"] + row * look["row_pitch"]
    return x0, y0, x0 + look["pitch"], y0 + look["slot_h"]


def draw(canvas, look, state):
    """Paint the scene and its labels."""
    d = canvas.draw
    d.rectangle((0, 0, 336, 336), fill=look["ground"])
    for x, y, r in look["stains"]:
        d.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=tuple(int(v * 0.86) for v in look["ground"]))
    for row in range(ROWS):
        for col in range(SLOTS):
            box = slot_box(look, row, col)
            d.line((box[0], box[1], box[0], box[3]), fill=look["line"], width=2)
            d.line((box[2], box[1], box[2], box[3]), fill=look["line"], width=2)
            edge = box[1] if look["flip"] else box[3]
            d.line((box[0], edge, box[2], edge), fill=look["line"], width=2)
            canvas.mark((box[0] + 6, box[1] + 6, box[2] - 6, box[3] - 6), "empty", row + 1, col + 1, centre=False)
    for item in state.items:
        box = slot_box(look, item.row, item.col)
        jx, jy = look["jitter"][item.row * SLOTS + item.col]
        cx = (box[0] + box[2]) / 2 + jx + item.dx
        cy = (box[1] + box[3]) / 2 + jy + item.dy
        heading = (0, 1) if look["flip"] else (0, -1)
        body = draw_car(canvas, cx, cy, *look["size"], heading, look["shade"][item.colour], state.light < 0.55)
        canvas.mark(body, "car " + item.colour, item.row + 1, item.col + 1)
