"""Questions that only a junction has: its traffic light and the people on its crossing."""
from ..scenes.state import SIGNALS
from .grid_turns import colour_word
from .turn import Turn, yes


def signal_colour(rng, s):
    thing = rng.choice(["traffic light", "light"])
    return Turn("attribute", "what colour is the light", "What %s is the %s?" % (colour_word(rng), thing), s.signal)


def signal_is(rng, s):
    colour = s.signal if rng.random() < 0.5 else rng.choice([c for c in SIGNALS if c != s.signal])
    thing = rng.choice(["traffic light", "light"])
    return Turn("yes_no", "is the light COLOUR", "Is the %s %s?" % (thing, colour), yes(colour == s.signal))


def count_people(rng, s):
    text = rng.choice(["How many people are there?", "How many people are there?",
                       "How many people are on the crossing?", "Count the people."])
    return Turn("count", "how many people", text, str(len(s.people)))


def anyone(rng, s):
    text = rng.choice(["Is anyone on the crossing?", "Is there anyone on the crossing?", "Are there any people?"])
    return Turn("yes_no", "is anyone on the crossing", text, yes(s.people))


PER_KIND = {"yes_no": [(signal_is, 1), (anyone, 0.7)], "attribute": [(signal_colour, 0.4)],
            "count": [(count_people, 2)]}
