"""Instrument panel: a seven-segment display, three lamps and a gauge."""
import math

from .palette import LIT, jittered, shaded
from .state import LAMP_COLOURS, LEVELS, SceneState

SEGMENTS = {"0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc",
            "7": "abc", "8": "abcdefg", "9": "abcdfg"}


def sample_state(rng):
    """2 to 4 digits (3 as a rule), three lamps, a gauge."""
    length = rng.choice([2, 3, 3, 3, 3, 4])
    return SceneState(
        "panel", digits="".join(rng.choice("0123456789") for _ in range(length)),
        lamps=[rng.choice(LAMP_COLOURS) if rng.random() < 0.62 else "off" for _ in range(3)],
        gauge=rng.choice(LEVELS))


def sample_look(rng):
    """Panel geometry and colours that stay fixed while the readings change."""
    return {
        "plate": jittered(rng, rng.choice([(92, 96, 104), (60, 64, 72), (142, 140, 132)]), 12),
        "left": rng.uniform(34, 58), "top": rng.uniform(34, 56), "digit_w": rng.uniform(38, 44),
        "digit_h": rng.uniform(68, 78), "gap": rng.uniform(14, 18), "ink": rng.choice(["red", "green", "amber"]),
        "ghost": rng.choice([0.0, 0.0, 0.10]), "stroke": rng.uniform(7.0, 9.5), "slant": rng.uniform(0, 4),
        "lamp_x": rng.uniform(-10, 10), "lamp_y": rng.uniform(186, 204), "lamp_r": rng.uniform(15, 19),
        "gauge": (rng.uniform(150, 186), rng.uniform(298, 310)), "dial": rng.uniform(54, 62),
        "swing": rng.uniform(-8, 8),
    }


def segment_polygons(x, y, w, h, t, slant):
    """Seven polygons by letter, for a digit whose top left corner is (x, y)."""
    def skew(points):
        return [(px + slant * (1 - (py - y) / h), py) for px, py in points]

    def flat(y0):
        return skew([(x + t * 0.6, y0), (x + w - t * 0.6, y0), (x + w - t * 1.1, y0 + t), (x + t * 1.1, y0 + t)])

    def upright(x0, y0, y1):
        return skew([(x0, y0 + t * 0.6), (x0 + t, y0 + t * 1.0), (x0 + t, y1 - t * 1.0), (x0, y1 - t * 0.6)])

    mid = y + h / 2
    return {"a": flat(y), "g": flat(mid - t / 2), "d": flat(y + h - t),
            "f": upright(x, y, mid), "b": upright(x + w - t, y, mid),
            "e": upright(x, mid, y + h), "c": upright(x + w - t, mid, y + h)}


def draw(canvas, look, state):
    """Paint the scene and its labels."""
    d = canvas.draw
    d.rectangle((0, 0, 336, 336), fill=look["plate"])
    d.rectangle((6, 6, 330, 330), outline=shaded(look["plate"], 1.25), width=3)
    for x, y in ((16, 16), (320, 16), (16, 320), (320, 320)):
        d.ellipse((x - 5, y - 5, x + 5, y + 5), fill=shaded(look["plate"], 0.6))
    draw_display(canvas, look, state.digits)
    for k, colour in enumerate(state.lamps):
        draw_lamp(canvas, 84 + 84 * k + look["lamp_x"], look["lamp_y"], look["lamp_r"], colour, k)
    draw_gauge(canvas, look, state.gauge)


def draw_display(canvas, look, digits):
    """Black window with 2 to 4 digits, the first at its left edge."""
    x0, y0, w, h = look["left"], look["top"], look["digit_w"], look["digit_h"]
    window = (x0 - 12, y0 - 12, x0 + 4 * (w + look["gap"]) + 4, y0 + h + 12)
    canvas.draw.rectangle(window, fill=(14, 14, 16), outline=(120, 120, 124), width=2)
    ink = LIT[look["ink"]]
    for k, digit in enumerate(digits):
        x = x0 + k * (w + look["gap"])
        shapes = segment_polygons(x, y0, w, h, look["stroke"], look["slant"])
        if look["ghost"]:
            for polygon in shapes.values():
                canvas.draw.polygon(polygon, fill=shaded(ink, look["ghost"]))
        lit = [shapes[s] for s in SEGMENTS[digit]]
        canvas.glow(lambda d, lit=lit: [d.polygon(p, fill=ink) for p in lit])
        canvas.mark((x, y0, x + w, y0 + h), "digit " + digit, 0, k + 1)


def draw_lamp(canvas, x, y, r, colour, index):
    """One indicator lamp on its plate."""
    canvas.draw.rectangle((x - r - 6, y - r - 6, x + r + 6, y + r + 6), fill=(38, 40, 44))
    spot = (x - r, y - r, x + r, y + r)
    canvas.draw.ellipse(spot, fill=(70, 70, 74), outline=(160, 160, 160))
    if colour != "off":
        canvas.glow(lambda d: d.ellipse(spot, fill=LIT[colour], outline=(230, 230, 230)))
    canvas.mark(spot, "lamp " + colour, 0, index + 1)


def draw_gauge(canvas, look, level):
    """Half-round dial; the needle points into the low, medium or high third."""
    (cx, cy), r, d = look["gauge"], look["dial"], canvas.draw
    d.pieslice((cx - r, cy - r, cx + r, cy + r), 180, 360, fill=(232, 230, 220), outline=(40, 40, 40))
    for k in range(4):
        angle = math.radians(180 + 60 * k)
        d.line((cx + math.cos(angle) * r * 0.8, cy + math.sin(angle) * r * 0.8,
                cx + math.cos(angle) * r, cy + math.sin(angle) * r), fill=(40, 40, 40), width=2)
    angle = math.radians(180 + 30 + 60 * LEVELS.index(level) + look["swing"])
    d.line((cx, cy, cx + math.cos(angle) * r * 0.86, cy + math.sin(angle) * r * 0.86), fill=(190, 30, 30), width=4)
    d.ellipse((cx - 6, cy - 6, cx + 6, cy + 6), fill=(30, 30, 30))
    canvas.mark((cx - r, cy - r, cx + r, cy), "gauge " + level)
