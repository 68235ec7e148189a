"""Every word that questions, answers and descriptions can contain, found by drawing many of them."""
import random
import re

from ..scenes import SCENES, sample_state
from .draw import describe_turn, evaluation_turns, scene_turn, training_turns

EXTRA = "USER ASSISTANT please tell me show in picture camera number of it a an the and or not do does".split()


def turns(per_scene=1500):
    """A large fixed sample of turns of every scene."""
    for scene in sorted(SCENES):
        rng = random.Random(scene)
        for k in range(per_scene):
            state = sample_state(rng, scene)
            state.light = (1.0, 0.4)[k % 2]
            yield from training_turns(rng, state)
            yield from evaluation_turns(rng, state)
            yield describe_turn(rng, state)
            yield scene_turn(rng, state)


def words():
    """Lower- and upper-case words that follow a space."""
    found = set(EXTRA)
    for turn in turns():
        found.update(re.findall(r"[A-Za-z]+", turn.question + " " + turn.answer))
    return found


def starts():
    """Words a question begins with, in both capitalisations; they follow a line break without a word mark."""
    first = {re.match(r"[A-Za-z]+", turn.question).group(0) for turn in turns()}
    return first | {w.lower() for w in first} | {w.capitalize() for w in first}
