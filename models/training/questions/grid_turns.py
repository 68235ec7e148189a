"""Questions about things in rows: cars in slots, boxes on shelves, cars on the arms of a junction."""
from ..scenes.state import GRID_SCENES, PAINTS
from .turn import Turn, yes

ORDINALS = ["first", "second", "third", "fourth"]


def spec(state):
    """(one, many, rows, row word, place word, preposition before a row)."""
    one, many, rows, row_word, place, _ = GRID_SCENES[state.scene]
    return one, many, rows, row_word, place, "in" if state.scene == "carpark" else "on"


def colour_word(rng):
    """Mostly British, as in the answers; American spelling is asked as well."""
    return "color" if rng.random() < 0.35 else "colour"


def count_all(rng, s):
    one, many, *_ = spec(s)
    text = rng.choice(["How many %s are there?", "How many %s are there?", "How many %s can you see?",
                       "Count the %s."]) % many
    return Turn("count", "how many " + many, text, str(len(s.items)))


def count_row(rng, s):
    one, many, rows, row_word, _, prep = spec(s)
    r = rng.randrange(len(rows))
    text = "How many %s are %s the %s %s?" % (many, prep, rows[r], row_word)
    return Turn("count", "how many %s in ROW" % many, text, str(len(s.row(r))))


def count_colour(rng, s):
    one, many, *_ = spec(s)
    colour = some_colour(rng, s, 0.75)
    return Turn("count", "how many COLOUR %s" % many, "How many %s %s are there?" % (colour, many),
                str(len(s.coloured(colour))))


def some_colour(rng, s, present=0.5):
    """A colour of the scene with probability `present`, else one it lacks."""
    here = sorted({i.colour for i in s.items})
    gone = [c for c in PAINTS if c not in here]
    return rng.choice(here) if here and (not gone or rng.random() < present) else rng.choice(gone)


def is_there(rng, s):
    one, many, *_ = spec(s)
    colour = some_colour(rng, s)
    text = rng.choice(["Is there a {c} {o}?", "Is there a {c} {o}?", "Can you see a {c} {o}?",
                       "Are there any {c} {m}?"]).format(c=colour, o=one, m=many)
    return Turn("yes_no", "is there a COLOUR " + one, text, yes(s.coloured(colour)))


def any_at_all(rng, s):
    _, many, *_ = spec(s)
    if s.items and rng.random() < 0.7:
        return None
    return Turn("yes_no", "are there any " + many, "Are there any %s?" % many, yes(s.items))


def place_taken(rng, s):
    one, _, rows, row_word, place, _ = spec(s)
    if s.scene == "junction":
        r = rng.randrange(4)
        text = "Is there a car on the %s arm?" % rows[r]
        return Turn("yes_no", "is there a car on ARM", text, yes(s.row(r)))
    if s.items and rng.random() < 0.5:
        item = rng.choice(s.items)
        r, c = item.row, item.col
    else:
        r, c = rng.randrange(len(rows)), rng.randrange(GRID_SCENES[s.scene][5][0])
    where = "%s %d of the %s %s" % (place, c + 1, rows[r], row_word)
    if rng.random() < 0.5:
        return Turn("yes_no", "is PLACE empty", "Is %s empty?" % where, yes(not s.at(r, c)))
    return Turn("yes_no", "is there one in PLACE", "Is there a %s in %s?" % (one, where), yes(s.at(r, c)))


def row_has_colour(rng, s):
    one, _, rows, row_word, _, prep = spec(s)
    if not s.items:
        return None
    if rng.random() < 0.5:
        item = rng.choice(s.items)
        r, colour = item.row, item.colour
    else:
        r, colour = rng.randrange(len(rows)), rng.choice(s.items).colour
    text = "Is there a %s %s %s the %s %s?" % (colour, one, prep, rows[r], row_word)
    return Turn("yes_no", "is there a COLOUR %s in ROW" % one, text, yes(any(i.colour == colour for i in s.row(r))))


def colour_at(rng, s):
    one, _, rows, row_word, place, _ = spec(s)
    if not s.items:
        return None
    item = rng.choice(s.items)
    if s.scene == "junction":
        where = "the %s car on the %s arm" % (ORDINALS[item.col], rows[item.row])
    else:
        where = "the %s in %s %d of the %s %s" % (one, place, item.col + 1, rows[item.row], row_word)
    return Turn("attribute", "what colour is %s" % ("the Nth car on ARM" if s.scene == "junction" else "PLACE"),
                "What %s is %s?" % (colour_word(rng), where), item.colour)


def unique_item(rng, s):
    """An item whose colour nothing else has, or None."""
    single = [i for i in s.items if len(s.coloured(i.colour)) == 1]
    return rng.choice(single) if single else None


def which_row(rng, s):
    one, _, rows, row_word, _, prep = spec(s)
    item = unique_item(rng, s)
    if item is None:
        return None
    return Turn("where", "which row is the COLOUR " + one,
                "Which %s is the %s %s %s?" % (row_word, item.colour, one, prep), rows[item.row])


def which_place(rng, s):
    one, _, _, _, place, _ = spec(s)
    item = unique_item(rng, s)
    if item is None or s.scene == "junction":
        return None
    return Turn("where", "which place is the COLOUR " + one,
                "Which %s is the %s %s in?" % (place, item.colour, one), str(item.col + 1))


def where_is(rng, s):
    one, _, rows, row_word, place, _ = spec(s)
    item = unique_item(rng, s)
    if item is None:
        return None
    return Turn("where", "where is the COLOUR " + one, "Where is the %s %s?" % (item.colour, one),
                "%s %s, %s %d" % (rows[item.row], row_word, place, item.col + 1))


def fullest_row(rng, s):
    _, many, rows, row_word, _, _ = spec(s)
    sizes = [len(s.row(r)) for r in range(len(rows))]
    if sizes.count(max(sizes)) > 1:
        return None
    return Turn("where", "which row has the most " + many, "Which %s has the most %s?" % (row_word, many),
                rows[sizes.index(max(sizes))])


def find_colour(rng, s):
    """The inverse of `describe`: content to addresses."""
    one, many, rows, _, place, _ = spec(s)
    colour = some_colour(rng, s, 0.85)
    found = ", ".join("%s %d" % (rows[i.row], i.col + 1) for i in s.coloured(colour))
    return Turn("find", "find the COLOUR " + many, "Find the %s %s." % (colour, many), found or "none")


def find_row(rng, s):
    """One row of `describe`, asked by name."""
    _, many, rows, row_word, _, prep = spec(s)
    r = rng.randrange(len(rows))
    found = ", ".join("%d %s" % (i.col + 1, i.colour) for i in s.row(r))
    return Turn("find", "find the %s in ROW" % many, "Find the %s %s the %s %s." % (many, prep, rows[r], row_word),
                found or "none")


PER_KIND = {
    "yes_no": [(is_there, 2), (place_taken, 2), (row_has_colour, 1), (any_at_all, 0.3)],
    "attribute": [(colour_at, 1)],
    "count": [(count_all, 2), (count_row, 2), (count_colour, 1.5)],
    "where": [(which_row, 1), (which_place, 1), (where_is, 1), (fullest_row, 0.7)],
    "find": [(find_colour, 2), (find_row, 1)],
}
"""Templates of each kind with their weights."""
