"""The one-paragraph description of a scene: totals first, then every place and what it holds."""
from ..scenes.state import GRID_SCENES, LAMP_NAMES, PAINTS

TITLES = {"carpark": "a car park", "shelf": "a shelf", "junction": "a junction", "panel": "a panel"}


def counted(n, one, many):
    """`1 car`, `3 cars`."""
    return "%d %s" % (n, one if n == 1 else many)


def describe_row(state, row):
    """`slot 1 red, slot 3 blue`, or for a junction's arm `red, blue` from the centre outward."""
    place = GRID_SCENES[state.scene][4]
    if state.scene == "junction":
        return ", ".join(i.colour for i in state.row(row))
    return ", ".join("%s %d %s" % (place, i.col + 1, i.colour) for i in state.row(row))


def describe(state):
    """The whole truth of a scene as a sentence or five."""
    if state.scene == "panel":
        lamps = ", ".join("%s lamp %s" % pair for pair in zip(LAMP_NAMES, state.lamps))
        return "a panel showing %s. %s. the gauge is %s." % (state.digits, lamps, state.gauge)
    one, many, rows, row_word, _, _ = GRID_SCENES[state.scene]
    parts = ["%s with %s." % (TITLES[state.scene], counted(len(state.items), one, many))]
    for r, name in enumerate(rows):
        held = state.row(r)
        tail = ": " + describe_row(state, r) if held else ""
        parts.append("%s %s %d%s." % (name, row_word, len(held), tail))
    totals = [(sum(i.colour == c for i in state.items), c) for c in PAINTS]
    if state.items:
        parts.append("in all %s." % ", ".join("%d %s" % t for t in totals if t[0]))
    if state.scene == "junction":
        parts.append("the light is %s. %s crossing." % (state.signal, counted(len(state.people), "person", "people")))
    return " ".join(parts)


def describe_night(state):
    """`day`, `night`, or None in between."""
    return "day" if state.light > 0.9 else "night" if state.light < 0.56 else None
