"""How many things there are, where they stand and which colours they have."""
from .state import PAINTS, Item


def palette(rng):
    """2 to 6 colours for one scene, so that absent, unique and repeated colours all occur."""
    return rng.sample(PAINTS, rng.choice([2, 3, 3, 4, 4, 5, 6]))


def fill(rng, places, count, clustering):
    """Choose `count` of `places` [(row, col)]; with probability `clustering` in neighbouring places."""
    if rng.random() < clustering:
        row = rng.choice(sorted({r for r, _ in places}))
        first = [p for p in places if p[0] == row]
        start = rng.randrange(len(first))
        order = first[start:] + first[:start]
        rest = [p for p in places if p[0] != row]
        rng.shuffle(rest)
        return (order + rest)[:count]
    places = list(places)
    rng.shuffle(places)
    return places[:count]


def items(rng, places, count, clustering=0.3):
    """`count` items in reading order."""
    colours = palette(rng)
    chosen = sorted(fill(rng, places, count, clustering))
    return [Item(r, c, rng.choice(colours)) for r, c in chosen]
