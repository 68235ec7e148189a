"""Golden outputs of the reference model in fp32, for the ONNX compiler and the engine to be compared with.

Tensors of a golden file (K runs over the budgets, q over the questions):
    pixel_values           [1, 3, H, W]  normalised input
    hidden_states.{i}      [1, 1 + P, C] tower states, CLS first (tiny model only)
    tapped, level          [1, P, taps * C], [1, P, C]  projector inputs, CLS dropped (`level`, `tapped` rows: see metadata)
    visual.{K}             [1, rows, hidden] projector output; all K rows, or those named in metadata `visual_rows`
    prompt.before_ids, prompt.{q}.after_ids   int32 ids in front of and behind the visual tokens
    logits.{K}.{q}         [vocab] of the prompt's last position
    greedy.{K}.{q}         int32 greedy ids, </s> included when reached
"""
import torch

from . import prompt, safetensors_io


@torch.no_grad()
def compute(model, tokenizer, pixels, questions, limit, eos, whole):
    """(tensors, metadata, smallest lead of a greedy id's logit over the next best)."""
    tensors = {"pixel_values": pixels}
    tapped, level = model.features(pixels)
    rows = torch.arange(tapped.shape[1]) if whole else torch.arange(0, tapped.shape[1], 24)
    if whole:
        for i, state in enumerate(model.vision_tower(pixels)):
            tensors["hidden_states.%d" % i] = state
    tensors["tapped"], tensors["level"] = tapped[:, rows], level[:, rows]
    before, gap = prompt.before_ids(tokenizer), 1e9
    tensors["prompt.before_ids"] = torch.tensor(before, dtype=torch.int32)
    for budget in model.config.delta.budgets:
        visual = model.visual_tokens(tapped, level, budget)
        tensors["visual.%d" % budget] = visual if whole or budget <= 144 else visual[:, rows]
        for q, question in enumerate(questions):
            after = prompt.question_ids(tokenizer, question)
            tensors["prompt.%d.after_ids" % q] = torch.tensor(after, dtype=torch.int32)
            logits, ids, lead = model.greedy(model.prompt(visual, before, after), limit, eos)
            tensors["logits.%d.%d" % (budget, q)] = logits
            tensors["greedy.%d.%d" % (budget, q)] = torch.tensor(ids, dtype=torch.int32)
            gap = min(gap, lead)
    metadata = {"questions": " | ".join(questions), "max_new_tokens": limit, "row_step": 1 if whole else 24,
                "visual_rows": "all; every 24th row for budgets above 144" if not whole else "all"}
    return tensors, metadata, gap


def write(path, tensors, metadata):
    """Store a golden file."""
    safetensors_io.write(path, tensors, metadata)
