"""Fixed 2-D sin-cos position table of the projector's queries (paper section 3.3)."""
import torch
import torch.nn.functional as F


def sincos_table(dim, grid):
    """[grid * grid, dim] in raster order: first half encodes the column, second half the row; sin then cos."""
    quarter = dim // 4
    omega = 10000.0 ** (-torch.arange(quarter, dtype=torch.float64) / quarter)
    angle = torch.arange(grid, dtype=torch.float64)[:, None] * omega[None]
    wave = torch.cat([torch.sin(angle), torch.cos(angle)], 1)  # [grid, dim / 2]
    rows = wave[:, None].expand(grid, grid, dim // 2)
    cols = wave[None].expand(grid, grid, dim // 2)
    return torch.cat([cols, rows], -1).reshape(grid * grid, dim).float()


def resized_table(table, grid, side):
    """Bicubic resample of a [grid * grid, dim] table to [side * side, dim]."""
    if side == grid:
        return table
    image = table.view(1, grid, grid, -1).permute(0, 3, 1, 2)
    return F.interpolate(image, (side, side), mode="bicubic", align_corners=False).flatten(2)[0].t()
