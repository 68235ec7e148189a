"""The right answer to one of a story's questions, computed from the state."""
import re

from ..questions import describe
from ..questions.grid_turns import ORDINALS
from ..scenes.state import GRID_SCENES, LAMP_NAMES, PAINTS

NUMBER = {**{str(n): n for n in range(10)}, **{w: k + 1 for k, w in enumerate(ORDINALS)}}


def _row(state, text):
    rows = GRID_SCENES[state.scene][2]
    return next((k for k, name in enumerate(rows) if re.search(r"\b%s\b" % name, text)), None)


def _colour(text, among=PAINTS):
    return next((c for c in among if re.search(r"\b%s\b" % c, text)), None)


def _only(state, colour):
    found = state.coloured(colour)
    return found[0] if len(found) == 1 else None


def _yes(flag):
    return "yes" if flag else "no"


def kind_of(question):
    """The question's kind, as in `questions.turn`."""
    first = question.split()[0]
    if first == "Describe":
        return "describe"
    if "display" in question:
        return "read"
    return {"How": "count", "Is": "yes_no", "What": "attribute", "Which": "where", "Where": "where"}[first]


def topic_of(question):
    """What has to stand still for the question to have one clear answer; None = everything."""
    words = {"people": "people", "anyone": "people", "light": "signal", "display": "digits", "lamp": "lamps",
             "gauge": "gauge"}
    text = question.lower()
    return None if text.startswith("describe") else next((t for w, t in words.items() if w in text), "items")


def answer(question, state):
    """Right answer, or None while the question has none (no such car, colour not unique)."""
    text, panel = question.lower(), state.scene == "panel"
    if text.startswith("describe"):
        return describe(state)
    if panel:
        return _panel(text, state)
    if "light" in text:
        return _yes(_colour(text, ["red", "green", "amber"]) == state.signal) if text.startswith("is") else state.signal
    if "people" in text:
        return str(len(state.people))
    if "anyone" in text:
        return _yes(state.people)
    row, colour = _row(state, text), _colour(text)
    inside = [i for i in state.items if (row is None or i.row == row) and (colour is None or i.colour == colour)]
    place = next((NUMBER[w] for w in re.findall(r"\w+", text) if w in NUMBER), None)
    if text.startswith("how many"):
        return str(len(inside))
    if text.startswith("what"):
        item = state.at(row, place - 1)
        return item.colour if item else None
    if "empty" in text:
        return _yes(not state.at(row, place - 1))
    if text.startswith("is there"):
        return _yes(inside)
    item, spec = _only(state, colour), GRID_SCENES[state.scene]
    if item is None:
        return None
    if text.startswith("which"):
        return spec[2][item.row]
    return "%s %s, %s %d" % (spec[2][item.row], spec[3], spec[4], item.col + 1)


def _panel(text, state):
    lamp = next((k for k, name in enumerate(LAMP_NAMES) if name in text), None)
    if "display" in text:
        return state.digits
    if "gauge" in text:
        return state.gauge
    if "how many" in text:
        return str(sum(c != "off" for c in state.lamps))
    if text.startswith("which"):
        colour = _colour(text, ["red", "green", "yellow", "blue"])
        return LAMP_NAMES[state.lamps.index(colour)] if state.lamps.count(colour) == 1 else None
    if text.startswith("is there"):
        return _yes(_colour(text, ["red", "green", "yellow", "blue"]) in state.lamps)
    if text.startswith("is"):
        return _yes(state.lamps[lamp] != "off")
    return state.lamps[lamp]
