"""Questions and answers about a scene's truth.

A question template is a function of (random generator, state); it returns a `Turn` or None when it cannot be
asked of that state. Drawing questions costs microseconds, so every epoch asks new ones.
"""
from .describe import describe
from .draw import evaluation_turns, training_turns
from .turn import KINDS, Turn

__all__ = ["KINDS", "Turn", "describe", "evaluation_turns", "training_turns"]
