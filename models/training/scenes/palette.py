"""RGB values of named colours, with the jitter that keeps a colour from being one exact value."""
RGB = {
    "red": (196, 36, 34), "blue": (36, 74, 190), "green": (34, 138, 62), "yellow": (226, 188, 38),
    "white": (228, 228, 226), "black": (26, 26, 30), "amber": (250, 160, 20),
}
LIT = {
    "red": (255, 48, 40), "green": (60, 250, 90), "yellow": (255, 222, 60), "blue": (70, 130, 255),
    "amber": (255, 165, 30),
}


def jittered(rng, rgb, amount=16):
    """`rgb` moved by up to `amount` per channel."""
    return tuple(int(min(255, max(0, c + rng.uniform(-amount, amount)))) for c in rgb)


def shaded(rgb, factor):
    """`rgb` made lighter (factor > 1) or darker."""
    return tuple(int(min(255, c * factor)) for c in rgb)
