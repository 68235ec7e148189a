"""Questions about an instrument panel."""
from ..scenes.state import LAMP_COLOURS, LAMP_NAMES, LEVELS
from .grid_turns import ORDINALS, colour_word
from .turn import Turn, yes


def reading(rng, s):
    text = rng.choice(["What does the display show?", "What does the display show?", "What does the display say?",
                       "What number is on the display?"])
    return Turn("read", "what does the display show", text, s.digits)


def one_digit(rng, s, place=None):
    place = rng.randrange(len(s.digits)) if place is None else place
    return Turn("digit", "what is the Nth digit", "What is the %s digit?" % ORDINALS[place], s.digits[place])


def digits_in_all(rng, s):
    return Turn("count", "how many digits", "How many digits are on the display?", str(len(s.digits)))


def lamps_on(rng, s):
    text = rng.choice(["How many lamps are on?", "How many lamps are on?", "Count the lamps that are on."])
    return Turn("count", "how many lamps are on", text, str(sum(c != "off" for c in s.lamps)))


def lamp_is_on(rng, s):
    k = rng.randrange(3)
    return Turn("yes_no", "is the Nth lamp on", "Is the %s lamp on?" % LAMP_NAMES[k], yes(s.lamps[k] != "off"))


def lamp_colour(rng, s):
    k = rng.randrange(3)
    return Turn("attribute", "what colour is the Nth lamp",
                "What %s is the %s lamp?" % (colour_word(rng), LAMP_NAMES[k]), s.lamps[k])


def is_there_lamp(rng, s):
    here = [c for c in s.lamps if c != "off"]
    gone = [c for c in LAMP_COLOURS if c not in here]
    colour = rng.choice(here) if here and rng.random() < 0.5 else rng.choice(gone)
    return Turn("yes_no", "is there a COLOUR lamp", "Is there a %s lamp?" % colour, yes(colour in here))


def which_lamp(rng, s):
    single = [k for k in range(3) if s.lamps[k] != "off" and s.lamps.count(s.lamps[k]) == 1]
    if not single:
        return None
    k = rng.choice(single)
    return Turn("where", "which lamp is COLOUR", "Which lamp is %s?" % s.lamps[k], LAMP_NAMES[k])


def gauge_level(rng, s):
    return Turn("attribute", "what does the gauge show", "What does the gauge show?", s.gauge)


def gauge_is(rng, s):
    level = s.gauge if rng.random() < 0.5 else rng.choice([v for v in LEVELS if v != s.gauge])
    return Turn("yes_no", "is the gauge LEVEL", "Is the gauge %s?" % level, yes(level == s.gauge))


PER_KIND = {
    "yes_no": [(lamp_is_on, 2), (is_there_lamp, 1), (gauge_is, 0.6)],
    "attribute": [(lamp_colour, 2), (gauge_level, 0.7)],
    "count": [(lamps_on, 1), (digits_in_all, 0.6)],
    "where": [(which_lamp, 1)],
    "read": [(reading, 1)],
    "digit": [(one_digit, 1)],
}
