"""Which questions are asked of an image, and how many of each kind."""
from . import grid_turns, junction_turns, panel_turns
from .describe import TITLES, describe, describe_night
from .turn import Turn

TRAIN_MIX = {
    "grid": {"yes_no": 3, "attribute": 2, "count": 5, "where": 2, "find": 2},
    "panel": {"yes_no": 3, "attribute": 2, "count": 1, "where": 1, "read": 1},
}
EVALUATION_MIX = {
    "grid": {"yes_no": 3, "attribute": 2, "count": 3, "where": 2, "find": 1},
    "panel": {"yes_no": 2, "attribute": 2, "count": 1, "where": 1, "read": 1, "digit": 1},
}


def templates(state):
    """{kind: [(template, weight)]} for a scene."""
    if state.scene == "panel":
        return panel_turns.PER_KIND
    merged = {k: list(v) for k, v in grid_turns.PER_KIND.items()}
    if state.scene == "junction":
        for kind, more in junction_turns.PER_KIND.items():
            merged[kind] += more
    return merged


def draw(rng, state, mix):
    """Distinct turns of one image according to `mix` {kind: how many}."""
    turns, pool = [], templates(state)
    for kind, wanted in mix.items():
        asks, weights = zip(*pool[kind])
        asked = set()
        for _ in range(wanted * 3):
            if len(asked) == wanted:
                break
            turn = rng.choices(asks, weights)[0](rng, state)
            if turn is not None and turn.question not in asked:
                asked.add(turn.question)
                turns.append(turn)
    return turns


def describe_turn(rng, state):
    """The dense turn that grounds every word of the scene."""
    text = rng.choice(["Describe the scene.", "Describe the scene.", "Describe this image.", "What do you see?"])
    return Turn("describe", "describe", text, describe(state))


def scene_turn(rng, state):
    """Trivial: kind of scene, day or night."""
    night = describe_night(state)
    if night and rng.random() < 0.4:
        return Turn("scene", "day or night", "Is it day or night?", night)
    return Turn("scene", "what is this", rng.choice(["What is this?", "What kind of scene is this?"]),
                TITLES[state.scene])


def roughened(rng, turn):
    """People type without capitals and question marks; now and then so does training."""
    text = turn.question
    if rng.random() < 0.08:
        text = text[0].lower() + text[1:]
    if rng.random() < 0.08 and text[-1] in "?.":
        text = text[:-1]
    return turn._replace(question=text)


def training_turns(rng, state):
    """About a dozen turns: the kinds' mix, every digit of a display, at times the scene; `describe` comes apart."""
    turns = draw(rng, state, TRAIN_MIX["panel" if state.scene == "panel" else "grid"])
    if state.scene == "panel":
        turns += [panel_turns.one_digit(rng, state, k) for k in range(len(state.digits))]
    if rng.random() < 0.25:
        turns.append(scene_turn(rng, state))
    return [roughened(rng, t) for t in turns]


def evaluation_turns(rng, state):
    """Clean questions for measuring, with one `describe` and one `scene` turn."""
    mix = EVALUATION_MIX["panel" if state.scene == "panel" else "grid"]
    return draw(rng, state, mix) + [describe_turn(rng, state), scene_turn(rng, state)]
