"""Vision tower with CLIP's structure and Hugging Face's parameter names.

pixels [B, 3, H, W] -> hidden states, each [B, 1 + patches, hidden]; index 0 is the embedding after
`pre_layrnorm`, index l the raw output of block l.
"""
import torch
import torch.nn.functional as F
from torch import nn

MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


def normalise(pixels):
    """uint8 [B, H, W, 3] -> float [B, 3, H, W] with CLIP's mean and standard deviation."""
    x = pixels.permute(0, 3, 1, 2).float() / 255.0
    mean = torch.tensor(MEAN, device=x.device).view(1, 3, 1, 1)
    std = torch.tensor(STD, device=x.device).view(1, 3, 1, 1)
    return (x - mean) / std


class Embeddings(nn.Module):
    """Patch embedding without bias, class token, learned positions."""

    def __init__(self, config):
        super().__init__()
        self.patch = config.patch
        self.class_embedding = nn.Parameter(torch.randn(config.hidden) * 0.02)
        self.patch_embedding = nn.Conv2d(config.channels, config.hidden, config.patch, config.patch, bias=False)
        self.position_embedding = nn.Embedding(config.grid ** 2 + 1, config.hidden)

    def forward(self, pixels, places=None):
        """`places` [B, patches] names the grid cell of every patch when `pixels` is a crop."""
        b, c, h, w = pixels.shape
        p = self.patch
        x = pixels.view(b, c, h // p, p, w // p, p).permute(0, 2, 4, 1, 3, 5).reshape(b, -1, c * p * p)
        x = F.linear(x, self.patch_embedding.weight.flatten(1)).float()
        table = self.position_embedding.weight
        x = x + (table[1:] if places is None else table[1:][places])
        cls = (self.class_embedding + table[0]).expand(b, 1, -1)
        return torch.cat([cls, x], 1)


class Attention(nn.Module):
    """Multi-head self-attention with separate biased projections."""

    def __init__(self, hidden, heads):
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(hidden, hidden)
        self.v_proj = nn.Linear(hidden, hidden)
        self.q_proj = nn.Linear(hidden, hidden)
        self.out_proj = nn.Linear(hidden, hidden)

    def forward(self, x):
        b, n, d = x.shape

        def split(t):
            return t.view(b, n, self.heads, d // self.heads).transpose(1, 2)

        q, k, v = split(self.q_proj(x)), split(self.k_proj(x)), split(self.v_proj(x))
        weights = torch.softmax((q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2), -1)
        return self.out_proj((weights @ v).transpose(1, 2).reshape(b, n, d))


class Mlp(nn.Module):
    """Two linears around GELU (exact) or CLIP's sigmoid approximation."""

    def __init__(self, config):
        super().__init__()
        self.quick = config.act == "quick_gelu"
        self.fc1 = nn.Linear(config.hidden, config.mlp)
        self.fc2 = nn.Linear(config.mlp, config.hidden)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(x * torch.sigmoid(1.702 * x) if self.quick else F.gelu(x))


class Block(nn.Module):
    """Pre-norm transformer block; the residual stream stays fp32 under autocast."""

    def __init__(self, config):
        super().__init__()
        self.self_attn = Attention(config.hidden, config.heads)
        self.layer_norm1 = nn.LayerNorm(config.hidden, config.eps)
        self.mlp = Mlp(config)
        self.layer_norm2 = nn.LayerNorm(config.hidden, config.eps)

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x)).float()
        return x + self.mlp(self.layer_norm2(x)).float()


class Encoder(nn.Module):
    """Stack of blocks."""

    def __init__(self, config):
        super().__init__()
        self.layers = nn.ModuleList(Block(config) for _ in range(config.layers))


class VisionModel(nn.Module):
    """Embeddings, first norm (Hugging Face's spelling), blocks."""

    def __init__(self, config):
        super().__init__()
        self.embeddings = Embeddings(config)
        self.pre_layrnorm = nn.LayerNorm(config.hidden, config.eps)
        self.encoder = Encoder(config)


class VisionTower(nn.Module):
    """Root module, so that names start with `vision_model.` as in CLIPVisionModel."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.vision_model = VisionModel(config)
        self.reset()

    def reset(self):
        """Small weights scaled by depth; positions start as half-strength 2-D sin-cos."""
        from .positions import sincos_table
        for name, p in self.named_parameters():
            if p.dim() == 2 and "position" not in name:
                nn.init.normal_(p, std=p.shape[1] ** -0.5)
                if "out_proj" in name or "fc2" in name:
                    p.data /= (2 * self.config.layers) ** 0.5
            elif name.endswith("bias"):
                nn.init.zeros_(p)
        embeddings = self.vision_model.embeddings
        nn.init.normal_(embeddings.patch_embedding.weight, std=(3 * self.config.patch ** 2) ** -0.5)
        table = sincos_table(self.config.hidden, self.config.grid)
        embeddings.position_embedding.weight.data = torch.cat([torch.zeros(1, self.config.hidden), 0.5 * table])

    def forward(self, pixels, places=None, upto=None):
        """All hidden states up to block `upto` (default: the last)."""
        model = self.vision_model
        states = [model.pre_layrnorm(model.embeddings(pixels, places))]
        for block in list(model.encoder.layers)[:upto]:
            states.append(block(states[-1]))
        return states
