"""The renderer's truth and its label maps say the same."""
import random
import unittest

import numpy as np

from models.training.questions import describe, evaluation_turns, training_turns
from models.training.scenes import SCENES, SceneState, render_seed
from models.training.scenes.canvas import CLASSES
from models.training.scenes.render import render
from models.training.scenes.state import PAINTS


class SceneTests(unittest.TestCase):
    def test_labels_show_every_object_of_the_truth(self):
        for seed in range(200):
            sample = render_seed(seed)
            found = [CLASSES[c] for c in sample.labels[0][sample.labels[1] > 0]]
            state = sample.state
            noun = {"carpark": "car", "junction": "car", "shelf": "box", "panel": ""}[state.scene]
            wanted = ["%s %s" % (noun, i.colour) for i in state.items] + ["person"] * len(state.people)
            wanted += ["digit " + d for d in state.digits] + ["lamp " + c for c in state.lamps]
            wanted += ["signal " + state.signal] if state.signal else []
            wanted += ["gauge " + state.gauge] if state.gauge else []
            self.assertEqual(sorted(found), sorted(wanted), "seed %d, %s" % (seed, state))

    def test_same_seed_same_picture(self):
        a, b = render_seed(5), render_seed(5)
        self.assertTrue(np.array_equal(a.image, b.image))
        self.assertEqual(a.state, b.state)

    def test_counts_asked_stay_within_six(self):
        for seed in range(300):
            state = render_seed(seed).state
            for turn in evaluation_turns(random.Random(seed), state) + training_turns(random.Random(seed), state):
                if turn.kind == "count":
                    self.assertLessEqual(int(turn.answer), 6, turn)

    def test_state_survives_json(self):
        for scene in SCENES:
            state = render(random.Random(3), scene).state
            self.assertEqual(SceneState.from_json(state.to_json()), state)


class QuestionTests(unittest.TestCase):
    def test_where_is_asked_of_unique_colours_only(self):
        for seed in range(300):
            state = render_seed(seed, 0.1).state
            for turn in evaluation_turns(random.Random(seed), state):
                if turn.template.startswith(("where is", "which place")):
                    colour = next(c for c in PAINTS if c in turn.question)
                    self.assertEqual(len(state.coloured(colour)), 1, turn)

    def test_description_names_every_item(self):
        for seed in range(100):
            state = render_seed(seed, 0.0).state
            text = describe(state).split(" in all ")[0]
            self.assertEqual(sum(text.count(c) for c in ("red", "blue", "white", "black", "yellow"))
                             + text.count("green"), len(state.items) + (" light is " in text) * (
                                 state.signal in ("red", "green")), text)


if __name__ == "__main__":
    unittest.main()
