"""Put tower and VLM checkpoints together into the package that is served.

    python3 -m models.training.export --out models/nano

The division of each tap by its standard deviation is folded into the K/V projections and the NTB's first
convolution, so that the standard forward pass applies. Weights are stored as float16.
"""
import argparse
import os

from . import threads  # noqa: F401

import torch

from . import package
from .cache_features import load_tower
from .model.config import DecoderConfig, ModelConfig
from .model.vlm import DeltaLlava
from .tokenizer import Tokenizer


def fold_levels(projector, level_std):
    """Make a projector trained on x / std accept x: scale the columns that read each tap."""
    config = projector.config
    width = projector.k_proj_1.shared_weight.weight.shape[1] // len(level_std)
    column = (1.0 / level_std).repeat_interleave(width)
    for projection in (projector.k_proj_1, projector.v_proj_1):
        projection.shared_weight.weight.data *= column[None]
        projection.U.data *= column[:, None]
    at = config.taps.index(config.query_layer)
    projector.combined_block.ntb.patch_embed.conv.weight.data /= level_std[at]


def assemble(tower_path, vlm_path, tokenizer, averaged):
    """(model, VLM checkpoint) from the two checkpoints."""
    kept = torch.load(vlm_path, map_location="cpu")
    model = DeltaLlava(ModelConfig(decoder=DecoderConfig(vocab=tokenizer.size)))
    state = {**kept["model"], **(kept["average"] if averaged else {})}
    state.update({"vision_tower." + n: t for n, t in load_tower(tower_path).state_dict().items()})
    model.load_state_dict(state)
    fold_levels(model.multi_modal_projector, kept["level_std"])
    return model.eval(), kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="models/nano")
    parser.add_argument("--tower", default="models/training/runs/tower/checkpoint.pt")
    parser.add_argument("--vlm", default="models/training/runs/vlm/checkpoint.pt")
    parser.add_argument("--tokenizer", default="models/nano/tokenizer.json")
    parser.add_argument("--raw", action="store_true", help="last weights instead of their moving average")
    args = parser.parse_args()
    tokenizer = Tokenizer.load(args.tokenizer)
    model, kept = assemble(args.tower, args.vlm, tokenizer, not args.raw)
    tower = torch.load(args.tower, map_location="cpu")
    package.write(args.out, model, args.tokenizer, "delta-nano", True, {
        "budgets_trained": model.config.delta.budgets,
        "provenance": {
            "data": "synthetic scenes of models/training/scenes, rendered by the recipe; no third-party data",
            "recipe": "models/training/recipe.md", "weights": "last" if args.raw else "moving average (0.999)",
            "tower": {"steps": tower["step"], "minutes": round(tower["elapsed"] / 60, 1)},
            "vlm": {"steps": kept["step"], "minutes": round(kept["elapsed"] / 60, 1)},
            "hardware": "two CPU cores, bf16 autocast, two processes"}})
    size = os.path.getsize(os.path.join(args.out, "model.safetensors"))
    print("%s: %.1f M parameters, %.1f MB, VLM step %d" % (
        args.out, sum(p.numel() for p in model.parameters()) / 1e6, size / 1e6, kept["step"]))


if __name__ == "__main__":
    main()
