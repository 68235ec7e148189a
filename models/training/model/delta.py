"""Delta projector (paper sections 3.2-3.4), operations in the order of the public release, names as in its
checkpoints. Visual tokens are convex mixes of values inside one s x s patch window each:

    keys, values   [B, P, taps * C] -> DeltaProjection -> [B, P, E]
    queries        [B, P, C] -> bilinear to g x g -> NTB -> + position table (+ scale_query[s]) -> DeltaProjection
    attention      one query against its s * s patches, logits times exp(scale_log_temperature[s])
    output         out_proj -> Linear -> GELU -> Linear: [B, g * g, hidden]

`scale_query` and `scale_log_temperature` start at zero, so that a checkpoint without them loads unchanged. At
s = 1 a window has one patch and its softmax is 1 whatever the query, so the query branch is skipped.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .ntb import NextTransformerBlock
from .positions import resized_table, sincos_table


class DeltaProjection(nn.Module):
    """y = LayerNorm(GELU(x W^T)) with W = W_s + (U V)^T: a shared map and a low-rank correction."""

    def __init__(self, inside, outside, rank):
        super().__init__()
        self.shared_weight = nn.Linear(inside, outside, bias=False)
        self.U = nn.Parameter(torch.empty(inside, rank))
        self.V = nn.Parameter(torch.empty(rank, outside))
        self.norm = nn.LayerNorm(outside, 1e-6)

    def forward(self, x):
        x = F.gelu(self.shared_weight(x) + (x @ self.U) @ self.V)
        return self.norm(x.float())


class CombinedBlock(nn.Module):
    """Keeps the public name `combined_block.ntb`."""

    def __init__(self, config):
        super().__init__()
        self.ntb = NextTransformerBlock(config)


class DeltaProjector(nn.Module):
    """Tapped features in, visual tokens at any trained scale out."""

    def __init__(self, config, tower_hidden, hidden):
        super().__init__()
        self.config = config
        width, e = tower_hidden * len(config.taps), config.embed
        if tower_hidden != e:
            raise ValueError("query features are %d wide but the projector's grid is %d" % (tower_hidden, e))
        self.q_proj_1 = DeltaProjection(e, e, config.rank)
        self.k_proj_1 = DeltaProjection(width, e, config.rank)
        self.v_proj_1 = DeltaProjection(width, e, config.rank)
        self.clip_attn = nn.MultiheadAttention(e, config.heads)
        self.mlp = nn.Sequential(nn.Linear(e, hidden), nn.GELU(), nn.Linear(hidden, hidden))
        self.combined_block = CombinedBlock(config)
        if config.elastic:
            self.scale_query = nn.Parameter(torch.zeros(len(config.scales), e))
            self.scale_log_temperature = nn.Parameter(torch.zeros(len(config.scales), config.heads))
        self.register_buffer("table", sincos_table(e, config.grid), persistent=False)
        self.reset()

    def reset(self):
        """Fan-in scaled weights: the paper's 0.02 shrinks the signal about 40-fold at this width."""
        for name, p in self.named_parameters():
            if name in ("scale_query", "scale_log_temperature"):
                continue
            if p.dim() < 2:
                nn.init.constant_(p, 1.0 if "norm" in name and name.endswith("weight") else 0.0)
            elif name.endswith((".U", ".V")):
                nn.init.xavier_uniform_(p)
            else:
                nn.init.normal_(p, std=p[0].numel() ** -0.5)

    def queries(self, level, scale):
        """[B, P, C] single-level features -> projected queries [B, g * g, E], not yet through the attention's q."""
        b, c, n, side = level.shape[0], level.shape[2], self.config.grid, self.config.grid // scale
        image = level.transpose(1, 2).reshape(b, c, n, n).float()
        if scale > 1:
            image = F.interpolate(image, (side, side), mode="bilinear", align_corners=False)
        x = self.combined_block.ntb(image).flatten(2).transpose(1, 2)
        x = x + resized_table(self.table, n, side)
        if self.config.elastic:
            x = x + self.scale_query[self.config.scales.index(scale)]
        return self.q_proj_1(x)

    def windows(self, x, scale):
        """[B, P, E] -> [B, g * g, s * s, E]: the patches under each query in raster order."""
        b, n, side = x.shape[0], self.config.grid, self.config.grid // scale
        x = x.reshape(b, side, scale, side, scale, -1).permute(0, 1, 3, 2, 4, 5)
        return x.reshape(b, side * side, scale * scale, -1)

    def forward(self, tapped, level, scale):
        """`tapped` [B, P, taps * C], `level` [B, P, C] -> [B, (grid / scale)^2, hidden]."""
        e, heads, attention = self.config.embed, self.config.heads, self.clip_attn
        wq, wk, wv = attention.in_proj_weight.split(e)
        bq, bk, bv = attention.in_proj_bias.split(e)
        values = F.linear(self.v_proj_1(tapped), wv, bv)
        if scale == 1:
            mixed = values
        else:
            b, k = tapped.shape[0], (self.config.grid // scale) ** 2
            q = F.linear(self.queries(level, scale), wq, bq).view(b, k, heads, 1, e // heads)
            keys = self.windows(F.linear(self.k_proj_1(tapped), wk, bk), scale)
            keys = keys.view(b, k, scale * scale, heads, e // heads).transpose(2, 3)
            values = self.windows(values, scale).view(b, k, scale * scale, heads, e // heads).transpose(2, 3)
            logits = (q * keys).sum(-1).float() * (e // heads) ** -0.5  # [B, K, heads, s * s]
            if self.config.elastic:
                logits = logits * self.scale_log_temperature[self.config.scales.index(scale)].exp()[:, None]
            weights = torch.softmax(logits, -1)
            mixed = (weights[..., None] * values).sum(3).reshape(b, k, e)
        return self.mlp(attention.out_proj(mixed))
