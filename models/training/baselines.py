"""Confidence intervals and the blind baseline."""
import math
import random
from collections import Counter, defaultdict

from .questions import evaluation_turns
from .scenes import sample_state


def wilson(right, asked, z=1.96):
    """95 % Wilson score interval of a share."""
    if not asked:
        return 0.0, 1.0
    p = right / asked
    middle = p + z * z / (2 * asked)
    spread = z * math.sqrt(p * (1 - p) / asked + z * z / (4 * asked * asked))
    return (middle - spread) / (1 + z * z / asked), (middle + spread) / (1 + z * z / asked)


class Blind:
    """Answers without looking: the commonest answer to that exact question text, else to that kind."""

    def __init__(self, states):
        by_text, by_kind = defaultdict(Counter), defaultdict(Counter)
        for k, state in enumerate(states):
            for turn in evaluation_turns(random.Random(k), state):
                by_text[turn.question][turn.answer] += 1
                by_kind[turn.kind][turn.answer] += 1
        self.by_text = {q: c.most_common(1)[0][0] for q, c in by_text.items()}
        self.by_kind = {k: c.most_common(1)[0][0] for k, c in by_kind.items()}

    def answer(self, turn):
        """Best guess for a turn's question."""
        return self.by_text.get(turn.question, self.by_kind.get(turn.kind))


def prior_states(count, scenes=("carpark", "junction", "shelf", "panel")):
    """Truths from the training distribution, without drawing any picture."""
    rng = random.Random(77)
    for k in range(count):
        state = sample_state(rng, scenes[k % len(scenes)])
        state.light = rng.choice([1.0, 1.0, 1.0, 0.7, 0.45])
        yield state
