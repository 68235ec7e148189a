"""Render the four clips and their truth: python3 -m models.training.clips --out models/nano/clips"""
import argparse
import json
import os
import random
import subprocess

from .. import threads  # noqa: F401

import numpy as np
from PIL import Image

from ..scenes import draw_state, sample_look
from ..scenes.camera import photograph
from .answers import answer, kind_of, topic_of
from .motion import SECONDS
from .stories import STORIES

CAMERA = {"blur": 0.4, "noise": 3.0, "cast": [1.0, 1.0, 1.0], "gain": 1.0, "jpeg": 90}


def segments(values):
    """[[first frame, frame after the last, value], ...] of a sequence."""
    runs = []
    for frame, value in enumerate(values):
        if runs and runs[-1][2] == value:
            runs[-1][1] = frame + 1
        else:
            runs.append([frame, frame + 1, value])
    return runs


def spans(moving, topic):
    """[[first, after last], ...] of the frames where `topic` (None: anything) is on its way."""
    flags = [bool(topics) if topic is None else topic in topics for topics in moving]
    return [run[:2] for run in segments(flags) if run[2]]


def truth(story, states, moving, fps):
    """The sidecar of a clip."""
    return {
        "schema_version": 1, "clip": story.name + ".mp4", "scene": story.name, "fps": fps, "frames": len(states),
        "width": 336, "height": 336, "loops": True,
        "note": "segments are [first frame, frame after the last, answer]; answer null = the question has none then; "
                "frames inside a question's `transition` show what it asks about on its way and should not be marked; "
                "the clip's own `transition` is where anything moves",
        "transition": spans(moving, None),
        "questions": [{"question": q, "kind": kind_of(q), "segments": segments([answer(q, s) for s in states]),
                       "transition": spans(moving, topic_of(q))} for q in story.questions]}


def encoder(path, fps):
    """An ffmpeg process that takes raw RGB frames."""
    return subprocess.Popen(
        ["ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "336x336", "-r", str(fps),
         "-i", "-", "-c:v", "libx264", "-preset", "slow", "-crf", "23", "-g", str(2 * fps), "-pix_fmt", "yuv420p",
         "-movflags", "+faststart", path], stdin=subprocess.PIPE)


def render(story, out, fps):
    """Write one clip and its sidecar; returns the frames' states."""
    look, rng = sample_look(random.Random(story.seed), story.name), random.Random(story.seed)
    states, moving = [], []
    ffmpeg = encoder(os.path.join(out, story.name + ".mp4"), fps)
    for frame in range(int(SECONDS * fps)):
        state, busy = story.at(frame / fps)
        states.append(state)
        moving.append(busy)
        image, _ = draw_state(look, state)
        ffmpeg.stdin.write(np.ascontiguousarray(photograph(rng, image, CAMERA, jpeg=False)).tobytes())
    ffmpeg.stdin.close()
    if ffmpeg.wait():
        raise SystemExit("ffmpeg failed on " + story.name)
    with open(os.path.join(out, story.name + ".truth.json"), "w") as file:
        json.dump(truth(story, states, moving, fps), file)
        file.write("\n")


def sample_images(folder):
    """One JPEG of each scene, with its truth beside all of them."""
    truths = {}
    for story in STORIES:
        state, _ = story.at(3.9 if story.name != "junction" else 5.0)
        state.light = 1.0
        image, _ = draw_state(sample_look(random.Random(story.seed), story.name), state)
        pixels = photograph(random.Random(1), image, CAMERA, jpeg=False)
        Image.fromarray(pixels).save(os.path.join(folder, story.name + ".jpg"), quality=92)
        truths[story.name + ".jpg"] = {q: answer(q, state) for q in story.questions}
    with open(os.path.join(folder, "truth.json"), "w") as file:
        json.dump(truths, file, indent=2)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="models/nano/clips")
    parser.add_argument("--samples", default="models/nano/samples")
    parser.add_argument("--fps", type=int, default=10)
    args = parser.parse_args()
    for folder in (args.out, args.samples):
        os.makedirs(folder, exist_ok=True)
    sample_images(args.samples)
    for story in STORIES:
        render(story, args.out, args.fps)
        print("%s: %.0f KB" % (story.name, os.path.getsize(os.path.join(args.out, story.name + ".mp4")) / 1e3), flush=True)


if __name__ == "__main__":
    main()
