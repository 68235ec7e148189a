"""Moving versions of the scenes: the truth of every frame is known, so a live answer can be marked.

    python3 -m models.training.clips --out models/nano/clips

Needs ffmpeg. A story gives the state at each time; what moves is flagged as in transition.
"""
