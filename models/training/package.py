"""Writes and reads a model package: config.json (Hugging Face LLaVA), model.safetensors, tokenizer.json, manifest.json."""
import hashlib
import json
import os
import shutil

import torch

from . import prompt, safetensors_io
from .model.config import DecoderConfig, DeltaConfig, ModelConfig, TowerConfig
from .model.tower import MEAN, STD
from .model.vlm import DeltaLlava
from .tokenizer import Tokenizer


def config_json(config, tokenizer, dtype):
    """Hugging Face LLaVA configuration plus a `delta` object for the projector."""
    t, d, l = config.tower, config.delta, config.decoder
    return {
        "architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "torch_dtype": dtype,
        "image_token_index": tokenizer.image, "vision_feature_layer": d.query_layer,
        "vision_feature_select_strategy": "default", "projector_hidden_act": "gelu", "mm_projector_type": "delta",
        "vision_config": {
            "model_type": "clip_vision_model", "hidden_size": t.hidden, "intermediate_size": t.mlp,
            "num_hidden_layers": t.layers, "num_attention_heads": t.heads, "num_channels": t.channels,
            "image_size": t.image, "patch_size": t.patch, "hidden_act": t.act, "layer_norm_eps": t.eps},
        "text_config": {
            "model_type": "llama", "vocab_size": l.vocab, "hidden_size": l.hidden, "intermediate_size": l.mlp,
            "num_hidden_layers": l.layers, "num_attention_heads": l.heads, "num_key_value_heads": l.kv_heads,
            "head_dim": l.head_dim, "hidden_act": "silu", "rms_norm_eps": l.eps, "rope_theta": l.rope_theta,
            "max_position_embeddings": l.positions, "tie_word_embeddings": False, "attention_bias": False,
            "bos_token_id": prompt.BOS, "eos_token_id": prompt.EOS},
        "delta": {
            "tap_layers": d.taps, "query_layer": d.query_layer, "raw_grid": d.grid, "embed_dim": d.embed,
            "num_heads": d.heads, "rank": d.rank, "projection_layer_norm_eps": 1e-6,
            "ntb": {"attention_channels": d.ntb_attention, "conv_channels": d.ntb_conv, "head_dim": d.ntb_head_dim,
                    "conv_groups": d.ntb_groups, "mlp_ratio": d.ntb_mlp_ratio, "layer_norm_eps": 1e-5},
            "scales": d.scales, "budgets": d.budgets, "elastic": d.elastic,
            "skip_query_branch_at_scale_1": True},
    }


def config_from_json(data):
    """Inverse of `config_json`."""
    v, t, d = data["vision_config"], data["text_config"], data["delta"]
    return ModelConfig(
        TowerConfig(v["hidden_size"], v["num_hidden_layers"], v["num_attention_heads"], v["intermediate_size"],
                    v["image_size"], v["patch_size"], v["num_channels"], v["layer_norm_eps"], v["hidden_act"]),
        DeltaConfig(d["tap_layers"], d["query_layer"], d["raw_grid"], d["embed_dim"], d["num_heads"], d["rank"],
                    d["ntb"]["attention_channels"], d["ntb"]["conv_channels"], d["ntb"]["head_dim"],
                    d["ntb"]["conv_groups"], d["ntb"]["mlp_ratio"], d["scales"], d["elastic"]),
        DecoderConfig(t["vocab_size"], t["hidden_size"], t["num_hidden_layers"], t["num_attention_heads"],
                      t["num_key_value_heads"], t["head_dim"], t["intermediate_size"], t["rms_norm_eps"],
                      t["rope_theta"], t["max_position_embeddings"]))


def sha256(path):
    """Hex digest of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def write_json(path, data):
    """UTF-8 JSON, two spaces, newline at the end."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=2)
        file.write("\n")


def write(folder, model, tokenizer_path, name, half, extra):
    """Write the whole package; `extra` goes into the manifest (accuracy, provenance)."""
    os.makedirs(folder, exist_ok=True)
    target = os.path.join(folder, "tokenizer.json")
    if os.path.abspath(tokenizer_path) != os.path.abspath(target):
        shutil.copyfile(tokenizer_path, target)
    tokenizer = Tokenizer.load(target)
    tensors = {n: (p.half() if half else p.float()) for n, p in model.state_dict().items()}
    safetensors_io.write(os.path.join(folder, "model.safetensors"), tensors, {"format": "pt"})
    write_json(os.path.join(folder, "config.json"),
               config_json(model.config, tokenizer, "float16" if half else "float32"))
    delta, tower = model.config.delta, model.config.tower
    manifest = {
        "schema_version": 1, "name": name, "ladder": delta.budgets, "elastic": delta.elastic,
        "preprocessor": {"width": tower.image, "height": tower.image, "layout": "rgb planar", "rescale": 1 / 255,
                         "mean": list(MEAN), "std": list(STD)},
        "prompt": prompt.manifest_entry(tokenizer),
        "parameters": sum(p.numel() for p in model.parameters()),
        **extra,
        "files": {f: {"sha256": sha256(os.path.join(folder, f)), "bytes": os.path.getsize(os.path.join(folder, f))}
                  for f in ("config.json", "model.safetensors", "tokenizer.json")},
    }
    write_json(os.path.join(folder, "manifest.json"), manifest)


def load(folder):
    """(model in fp32 from the stored weights, tokenizer, manifest)."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = config_from_json(json.load(file))
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    model = DeltaLlava(config)
    tensors = safetensors_io.read(os.path.join(folder, "model.safetensors"))
    model.load_state_dict({n: t.float() for n, t in tensors.items()})
    model.eval()
    return model, Tokenizer.load(os.path.join(folder, "tokenizer.json")), manifest
