"""Clips loop, and their answers are those of the question templates."""
import json
import os
import random
import unittest

from models.training.clips.__main__ import segments, truth
from models.training.clips.answers import answer
from models.training.clips.motion import SECONDS
from models.training.clips.stories import STORIES
from models.training.questions import evaluation_turns, training_turns

CLIPS = "models/nano/clips"


class ClipTests(unittest.TestCase):
    def test_last_frame_leads_into_the_first(self):
        for story in STORIES:
            last, first = story.at(SECONDS - 0.01)[0], story.at(0.0)[0]
            self.assertEqual([(i.row, i.col, i.colour) for i in last.items if not (i.dx or i.dy)],
                             [(i.row, i.col, i.colour) for i in first.items if not (i.dx or i.dy)], story.name)
            self.assertAlmostEqual(last.light, first.light, 2)

    def test_answers_equal_the_templates(self):
        for story in STORIES:
            for tenth in range(0, int(SECONDS * 10), 7):
                state, _ = story.at(tenth / 10)
                turns = evaluation_turns(random.Random(tenth), state) + training_turns(random.Random(tenth), state)
                for turn in turns:
                    if turn.question in story.questions:
                        self.assertEqual(answer(turn.question, state), turn.answer, (story.name, tenth, turn))

    def test_sidecars_are_what_the_stories_say(self):
        for story in STORIES:
            frames = [story.at(k / 10) for k in range(int(SECONDS * 10))]
            wanted = truth(story, [s for s, _ in frames], [m for _, m in frames], 10)
            with open(os.path.join(CLIPS, story.name + ".truth.json")) as file:
                self.assertEqual(json.load(file), wanted)

    def test_segments_cover_every_frame_once(self):
        self.assertEqual(segments(["a", "a", None, "b"]), [[0, 2, "a"], [2, 3, None], [3, 4, "b"]])


if __name__ == "__main__":
    unittest.main()
