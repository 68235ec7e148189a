"""Next transformer block that refines the query grid (paper section 3.3): attention channels, then a grouped
convolution on a quarter as many, then an MLP over both. All maps are [B, channels, g, g]."""
import torch
from torch import nn


class Embed(nn.Module):
    """1x1 convolution without bias, under the public name `conv`."""

    def __init__(self, inside, outside):
        super().__init__()
        self.conv = nn.Conv2d(inside, outside, 1, bias=False)

    def forward(self, x):
        return self.conv(x)


class EfficientAttention(nn.Module):
    """Multi-head attention over all grid cells, with its own norm in front."""

    def __init__(self, channels, head_dim):
        super().__init__()
        self.head_dim = head_dim
        self.norm = nn.LayerNorm(channels, 1e-5)
        self.q = nn.Linear(channels, channels)
        self.k = nn.Linear(channels, channels)
        self.v = nn.Linear(channels, channels)
        self.proj = nn.Linear(channels, channels)

    def forward(self, x):
        b, n, c = x.shape
        x = self.norm(x)

        def split(t):
            return t.view(b, n, c // self.head_dim, self.head_dim).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax((q * self.head_dim ** -0.5) @ k.transpose(-1, -2), -1)
        return self.proj((weights @ v).transpose(1, 2).reshape(b, n, c))


class ConvAttention(nn.Module):
    """Grouped 3x3, layer norm over channels, ReLU, 1x1."""

    def __init__(self, channels, groups):
        super().__init__()
        self.group_conv3x3 = nn.Conv2d(channels, channels, 3, padding=1, groups=groups, bias=False)
        self.norm = nn.LayerNorm(channels, 1e-5)
        self.projection = nn.Conv2d(channels, channels, 1, bias=False)

    def forward(self, x):
        x = self.group_conv3x3(x).float()
        x = self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.projection(torch.relu(x))


class GridMlp(nn.Module):
    """1x1, ReLU, 1x1, no norm in front."""

    def __init__(self, channels, ratio):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels * ratio, 1)
        self.conv2 = nn.Conv2d(channels * ratio, channels, 1)

    def forward(self, x):
        return self.conv2(torch.relu(self.conv1(x)))


class NextTransformerBlock(nn.Module):
    """[B, C, g, g] -> [B, attention + conv channels, g, g]."""

    def __init__(self, config):
        super().__init__()
        a, c = config.ntb_attention, config.ntb_conv
        if a + c != config.embed:
            raise ValueError("NTB channels %d + %d must add up to embed %d" % (a, c, config.embed))
        self.patch_embed = Embed(config.embed, a)
        self.norm_mhsa = nn.LayerNorm(a, 1e-5)
        self.e_mhsa = EfficientAttention(a, config.ntb_head_dim)
        self.projection = Embed(a, c)
        self.mhca = ConvAttention(c, config.ntb_groups)
        self.mlp = GridMlp(config.embed, config.ntb_mlp_ratio)

    def forward(self, x):
        x = self.patch_embed(x).float()
        b, a, h, w = x.shape
        flat = x.flatten(2).transpose(1, 2)
        flat = flat + self.e_mhsa(self.norm_mhsa(flat)).float()
        x = flat.transpose(1, 2).reshape(b, a, h, w)
        o = self.projection(x).float()
        o = o + self.mhca(o).float()
        x = torch.cat([x, o], 1)
        return x + self.mlp(x).float()
