"""From a drawn scene to a photograph: blur, colour cast, sensor noise, JPEG."""
import io

import numpy as np
from PIL import Image, ImageFilter

_POOL = None
"""Gaussian noise drawn once; a random window of it is much cheaper than fresh noise per image."""


def _noise(rng, size):
    global _POOL
    if _POOL is None:
        _POOL = np.random.default_rng(0).standard_normal((512, 512, 3)).astype(np.float32)
    y, x = rng.randrange(512 - size), rng.randrange(512 - size)
    return _POOL[y:y + size, x:x + size]


def sample_camera(rng):
    """One camera's settings."""
    return {"blur": rng.choice([0.0, 0.0, rng.uniform(0.3, 1.0)]), "noise": rng.uniform(0, 9),
            "cast": [rng.uniform(0.92, 1.08) for _ in range(3)], "gain": rng.uniform(0.88, 1.1),
            "jpeg": rng.randint(45, 92)}


def sample_light(rng):
    """Day for most scenes, dusk or night for the rest."""
    return rng.choice([1.0, 1.0, 1.0, rng.uniform(0.55, 0.9), rng.uniform(0.36, 0.55)])


def photograph(rng, image, camera, jpeg=True):
    """PIL image in, uint8 array [336, 336, 3] out."""
    if camera["blur"]:
        image = image.filter(ImageFilter.GaussianBlur(camera["blur"]))
    pixels = np.asarray(image, np.float32) * (np.array(camera["cast"], np.float32) * camera["gain"])
    pixels += _noise(rng, pixels.shape[0]) * camera["noise"]
    np.clip(pixels, 0, 255, out=pixels)
    pixels = pixels.astype(np.uint8)
    if not jpeg:
        return pixels
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=camera["jpeg"])
    return np.asarray(Image.open(buffer))
