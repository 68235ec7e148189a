"""Road junction from above: four arms, a signal, a crossing with people, up to six cars."""
from .palette import LIT, jittered, shaded
from .placing import palette
from .state import GRID_SCENES, SIGNALS, Item, SceneState
from .vehicles import draw_car, paint_of

PLACES = GRID_SCENES["junction"][5]
OUTWARD = [(0, -1), (1, 0), (0, 1), (-1, 0)]
"""Unit step away from the centre for the north, east, south and west arm."""
HALF = 52


def sample_state(rng):
    """0 to 6 cars queued from the centre outward, 0 to 4 people, one signal."""
    colours, queue = palette(rng), [0, 0, 0, 0]
    for _ in range(rng.randint(0, 6)):
        free = [a for a in range(4) if queue[a] < PLACES[a]]
        queue[rng.choice(free)] += 1
    items = [Item(a, c, rng.choice(colours)) for a in range(4) for c in range(queue[a])]
    bins = sorted(rng.sample(range(4), rng.choice([0, 0, 1, 2, 3, 4])))
    people = [(b + 0.5 + rng.uniform(-0.14, 0.14)) / 4 for b in bins]
    return SceneState("junction", items=items, people=people, signal=rng.choice(SIGNALS))


def sample_look(rng):
    """Geometry and colours that stay fixed while traffic moves."""
    grey = rng.uniform(72, 112)
    return {
        "cx": rng.uniform(159, 177), "cy": rng.uniform(157, 173),
        "road": jittered(rng, (grey, grey, grey + 3), 6),
        "grass": jittered(rng, rng.choice([(92, 122, 70), (120, 124, 112), (104, 100, 84)]), 14),
        "size": (rng.uniform(21, 24), rng.uniform(30, 33)),
        "shade": {c: jittered(rng, paint_of(c)) for c in ("red", "blue", "green", "yellow", "white", "black")},
        "clothes": [jittered(rng, rng.choice([(150, 60, 60), (60, 80, 150), (70, 120, 80), (170, 140, 60)]), 24)
                    for _ in range(4)],
        "sway": [rng.uniform(-4, 4) for _ in range(4)],
        "signal": (rng.uniform(88, 100), rng.uniform(-118, -106)),
    }


def car_centre(look, item):
    """Pixel centre of a queued car."""
    ox, oy = OUTWARD[item.row]
    first = 112 if item.row == 2 else 74
    away = first + 36 * item.col
    side = 26
    return (look["cx"] + ox * away + oy * side + item.dx, look["cy"] + oy * away - ox * side + item.dy)


def draw(canvas, look, state):
    """Paint the scene and its labels."""
    d, cx, cy = canvas.draw, look["cx"], look["cy"]
    d.rectangle((0, 0, 336, 336), fill=look["grass"])
    d.rectangle((cx - HALF, 0, cx + HALF, 336), fill=look["road"])
    d.rectangle((0, cy - HALF, 336, cy + HALF), fill=look["road"])
    for t in range(0, 336, 24):
        if abs(t + 6 - cy) > HALF and not 0 < t - cy < 96:
            d.line((cx, t, cx, t + 12), fill=(200, 200, 180), width=2)
        if abs(t + 6 - cx) > HALF:
            d.line((t, cy, t + 12, cy), fill=(200, 200, 180), width=2)
    for k in range(7):
        x = cx - HALF + 4 + k * 14.6
        d.rectangle((x, cy + 56, x + 8, cy + 90), fill=(206, 206, 200))
    for item in state.items:
        x, y = car_centre(look, item)
        ox, oy = OUTWARD[item.row]
        body = draw_car(canvas, x, y, *look["size"], (-ox, -oy), look["shade"][item.colour], state.light < 0.55)
        canvas.mark(body, "car " + item.colour, item.row + 1, item.col + 1)
    for k, along in enumerate(state.people):
        x, y = cx - HALF + 2 * HALF * along, cy + 73 + look["sway"][k % 4]
        draw_person(canvas, x, y, look["clothes"][k % 4])
    draw_signal(canvas, cx + look["signal"][0], cy + look["signal"][1], state.signal)


def draw_person(canvas, x, y, clothes):
    """Somebody on the crossing, about 14 by 26 pixels."""
    if not -8 < x < 344:
        return
    d = canvas.draw
    d.ellipse((x - 6, y - 4, x + 6, y + 14), fill=clothes, outline=shaded(clothes, 0.5))
    d.ellipse((x - 5, y - 13, x + 5, y - 3), fill=(222, 178, 146), outline=(60, 44, 34))
    canvas.mark((x - 7, y - 14, x + 7, y + 14), "person", 0, 0)


def draw_signal(canvas, x, y, lit):
    """A signal head with three lamps, one of them lit."""
    canvas.draw.rounded_rectangle((x - 14, y - 36, x + 14, y + 36), 5, fill=(28, 28, 30), outline=(150, 150, 150))
    for k, name in enumerate(SIGNALS):
        spot = (x - 9, y - 31 + k * 22, x + 9, y - 13 + k * 22)
        canvas.draw.ellipse(spot, fill=shaded(LIT[name], 0.22))
        if name == lit:
            canvas.glow(lambda d, spot=spot, name=name: d.ellipse(spot, fill=LIT[name]))
    canvas.mark((x - 14, y - 36, x + 14, y + 36), "signal " + lit)
