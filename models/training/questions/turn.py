"""One question with its answer."""
from typing import NamedTuple

KINDS = ["yes_no", "attribute", "count", "where", "read", "describe"]
"""Kinds with an accuracy profile. `scene` (trivial), `digit` and `find` (training aids) stay out of the means."""
EXTRA_KINDS = ["digit", "find", "scene"]


class Turn(NamedTuple):
    """`template` names the question's form, for tables; `kind` is what budgets are planned by."""

    kind: str
    template: str
    question: str
    answer: str


def yes(flag):
    """The two answers to a yes/no question."""
    return "yes" if flag else "no"
