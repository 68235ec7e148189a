"""Shapes of the three parts. The defaults are the nano model; `tiny()` is for fixtures, `seven_b()` for scale."""
from dataclasses import asdict, dataclass, field
from typing import List


@dataclass
class TowerConfig:
    """CLIP vision transformer (no post_layernorm: every tap is a raw block output)."""

    hidden: int = 192
    layers: int = 4
    heads: int = 6
    mlp: int = 768
    image: int = 336
    patch: int = 14
    channels: int = 3
    eps: float = 1e-5
    act: str = "gelu"

    @property
    def grid(self):
        """Patches per side."""
        return self.image // self.patch


@dataclass
class DeltaConfig:
    """Delta projector (paper sections 3.2-3.4; order of operations as in the public release)."""

    taps: List[int] = field(default_factory=lambda: [1, 2, 3, 4])
    query_layer: int = 4
    grid: int = 24
    embed: int = 192
    heads: int = 6
    rank: int = 8
    ntb_attention: int = 144
    ntb_conv: int = 48
    ntb_head_dim: int = 24
    ntb_groups: int = 6
    ntb_mlp_ratio: int = 2
    scales: List[int] = field(default_factory=lambda: [1, 2, 3, 4, 6, 12, 24])
    elastic: bool = True

    @property
    def budgets(self):
        """Visual tokens per scale."""
        return [(self.grid // s) ** 2 for s in self.scales]


@dataclass
class DecoderConfig:
    """LLaMA: pre-RMSNorm, rotate-half RoPE, SwiGLU, no biases, untied head."""

    vocab: int = 0
    hidden: int = 320
    layers: int = 8
    heads: int = 10
    kv_heads: int = 10
    head_dim: int = 32
    mlp: int = 864
    eps: float = 1e-5
    rope_theta: float = 10000.0
    positions: int = 2048


@dataclass
class ModelConfig:
    """The whole model."""

    tower: TowerConfig = field(default_factory=TowerConfig)
    delta: DeltaConfig = field(default_factory=DeltaConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)

    def to_json(self):
        """Plain dictionary."""
        return asdict(self)


def tiny(vocab):
    """A model that runs in milliseconds: 12x12 patches, two tower blocks, two decoder blocks."""
    return ModelConfig(
        TowerConfig(hidden=64, layers=3, heads=4, mlp=128, image=168),
        DeltaConfig(taps=[1, 2, 3], query_layer=3, grid=12, embed=64, heads=4, rank=4, ntb_attention=48, ntb_conv=16,
                    ntb_head_dim=12, ntb_groups=4, scales=[1, 2, 3, 4, 6, 12]),
        DecoderConfig(vocab=vocab, hidden=64, layers=2, heads=4, kv_heads=4, head_dim=16, mlp=96, positions=512))


def seven_b():
    """The published 7B shape: CLIP ViT-L/14-336, 1024-wide projector, Vicuna-7B."""
    return ModelConfig(
        TowerConfig(hidden=1024, layers=24, heads=16, mlp=4096, act="quick_gelu"),
        DeltaConfig(taps=[12, 16, 22, 23], query_layer=23, embed=1024, heads=8, rank=16, ntb_attention=768,
                    ntb_conv=256, ntb_head_dim=32, ntb_groups=8, elastic=False),
        DecoderConfig(vocab=32000, hidden=4096, layers=32, heads=32, kv_heads=32, head_dim=128, mlp=11008,
                      positions=4096))
