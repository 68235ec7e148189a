"""Test fixtures for the C# side, under tests/fixtures/model.

    python3 -m models.training.fixtures tiny        a complete random-weight package with golden outputs
    python3 -m models.training.fixtures tokenizer   texts and their ids
    python3 -m models.training.fixtures nano        golden outputs of models/nano on one sample image
"""
import argparse
import os

from . import threads  # noqa: F401

import numpy as np
import torch
from PIL import Image

from . import golden, package, prompt
from .model.config import tiny
from .model.tower import normalise
from .model.vlm import DeltaLlava
from .tokenizer import Tokenizer

TEXTS = [
    "", " ", "a", "USER: ", "\nHow many cars are there? ASSISTANT:", "\nIs there a red car? ASSISTANT:",
    "\nWhat does the display show? ASSISTANT:", "407", " 407", "top row, slot 3", "yes", "red",
    "\nWhat color is the car in slot 3 of the top row? ASSISTANT:",
    "\nwhat colour is the car in slot 3 of the top row ASSISTANT:", "carnival", "unhappiness  two  spaces",
    "na\u00efve caf\u00e9", "\u6f22\u5b57\u304b\u306a", "\U0001f697\U0001f6a6 emoji", "tab\tand\r\nline", "\u2581already marked",
    "a\u0000b", "HOW MANY CARS???", "Is slot 12 of the 3rd row empty?", "e\u0301 combining", "show shop shows",
    "a car park with 2 cars. top row 1: slot 1 red. middle row 0. bottom row 1: slot 2 white. in all 1 red, 1 white.",
]
NANO_QUESTIONS = ["Is there a red car?", "Find the red cars.", "What colour is the first car on the north arm?",
                  "Where is the blue car?", "Which arm is the yellow car on?"]
"""Chosen so that greedy ids lead by a wide margin at every budget: fp32 on another engine must give the same ids."""


def randomise(model, seed):
    """Nothing at zero or one, so that every tensor matters to the golden outputs."""
    torch.manual_seed(seed)
    for name, p in model.named_parameters():
        if p.dim() < 2 or name.endswith(("scale_query", "scale_log_temperature")):
            p.data += torch.randn_like(p) * 0.2


def make_tiny(args):
    tokenizer = Tokenizer.load(args.tokenizer)
    torch.manual_seed(40)  # of 53 seeds tried the one whose greedy ids lead by most
    model = DeltaLlava(tiny(tokenizer.size)).eval()
    randomise(model, 41)
    folder = os.path.join(args.out, "tiny")
    package.write(folder, model, args.tokenizer, "delta-tiny-random", False, {"budgets_trained": []})
    model, tokenizer, _ = package.load(folder)
    pixels = torch.randn(1, 3, 168, 168, generator=torch.Generator().manual_seed(9))
    tensors, metadata, gap = golden.compute(
        model, tokenizer, pixels, ["How many cars are there?", "What does the display show?"], 8, None, True)
    golden.write(os.path.join(folder, "golden.safetensors"), tensors, metadata)
    print("tiny: %d parameters, smallest lead of a greedy logit %.4f" % (
        sum(p.numel() for p in model.parameters()), gap))


def make_tokenizer(args):
    tokenizer = Tokenizer.load(args.tokenizer)
    cases = [{"text": t, "ids": tokenizer.encode(t), "continuation_ids": tokenizer.encode(t, prefix=False)}
             for t in TEXTS]
    decoded = [{"ids": c["ids"], "text": tokenizer.decode(c["ids"])} for c in cases]
    package.write_json(os.path.join(args.out, "tokenizer.cases.json"), {
        "note": "ids: normalizer and BPE, no special tokens; continuation_ids: the same without the word mark in front",
        "encode": cases, "decode": decoded, "prompt": prompt.manifest_entry(tokenizer)})


def make_nano(args):
    model, tokenizer, _ = package.load(args.package)
    image = np.asarray(Image.open(os.path.join(args.package, "samples", "junction.jpg")).convert("RGB"))
    pixels = normalise(torch.from_numpy(image.copy())[None])
    tensors, metadata, gap = golden.compute(model, tokenizer, pixels, NANO_QUESTIONS, 96, prompt.EOS, False)
    metadata["model_sha256"] = package.sha256(os.path.join(args.package, "model.safetensors"))
    os.makedirs(os.path.join(args.out, "nano"), exist_ok=True)
    golden.write(os.path.join(args.out, "nano", "golden.safetensors"), tensors, metadata)
    print("nano: smallest lead of a greedy logit %.4f" % gap)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["tiny", "tokenizer", "nano"])
    parser.add_argument("--out", default="tests/fixtures/model")
    parser.add_argument("--package", default="models/nano")
    parser.add_argument("--tokenizer", default="models/nano/tokenizer.json")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    {"tiny": make_tiny, "tokenizer": make_tokenizer, "nano": make_nano}[args.what](args)


if __name__ == "__main__":
    main()
