"""Varies characters in batches: shape, place, pen, paper and camera. Everything is cheap beside the network itself."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from network import IMAGE_SIZE


def varied(ink: Tensor, random: torch.Generator) -> Tensor:
    """`ink` [N, 1, 28, 28] in 0..1. The batch has to be in random order: some changes befall only a part of it."""
    ink = moved(ink, random)
    count = len(ink)
    part = count // 8
    ink = torch.cat(
        [
            thickened(ink[:part], random),
            thinned(ink[part : 2 * part], random),
            blurred(ink[2 * part : 3 * part], random),
            coarse(ink[3 * part : 4 * part]),
            ink[4 * part :],
        ]
    )
    order = torch.randperm(count, generator=random)
    ink = ink[order]
    ink = torch.cat([with_lines(ink[:part], random), with_specks(ink[part : 2 * part], random), ink[2 * part :]])
    # Strokes that are not fully dark: pencil, low contrast.
    gain = 1 - 0.5 * uniform(random, count, 1, 1, 1) ** 2
    gamma = torch.exp(0.35 * normal(random, count, 1, 1, 1))
    ink = ink.clamp(1e-4, 1).pow(gamma) * gain
    noisy = count // 3
    grain = normal(random, noisy, 1, IMAGE_SIZE, IMAGE_SIZE) * (0.12 * uniform(random, noisy, 1, 1, 1))
    ink = torch.cat([ink[:noisy] + grain, ink[noisy:]])
    back = torch.empty_like(order)
    back[order] = torch.arange(count)
    return ink.clamp_(0, 1)[back]


def uniform(random: torch.Generator, *shape: int) -> Tensor:
    return torch.rand(*shape, generator=random)


def normal(random: torch.Generator, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=random)


def moved(ink: Tensor, random: torch.Generator) -> Tensor:
    """Turned, slanted, scaled, shifted and bent (elastic deformation: Simard, Steinkraus and Platt 2003)."""
    count = len(ink)
    angle, slant = 0.12 * normal(random, count), 0.14 * normal(random, count)
    scale = torch.exp(0.09 * normal(random, count))
    stretch = torch.exp(0.08 * normal(random, count))
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    shift = 0.06 * normal(random, count, 2)
    theta = torch.stack(
        [
            torch.stack([cos * stretch, (slant - sin) / stretch, shift[:, 0]], 1),
            torch.stack([sin * stretch, cos / stretch, shift[:, 1]], 1),
        ],
        1,
    )
    grid = F.affine_grid(theta, [count, 1, IMAGE_SIZE, IMAGE_SIZE], align_corners=False)
    strength = 0.055 * uniform(random, count, 1, 1, 1)
    bend = F.interpolate(normal(random, count, 2, 6, 6) * strength, size=IMAGE_SIZE, mode="bilinear", align_corners=True)
    return F.grid_sample(ink, grid + bend.permute(0, 2, 3, 1), align_corners=False)


def thickened(ink: Tensor, random: torch.Generator) -> Tensor:
    return torch.lerp(ink, F.max_pool2d(ink, 3, 1, 1), uniform(random, len(ink), 1, 1, 1))


def thinned(ink: Tensor, random: torch.Generator) -> Tensor:
    return torch.lerp(ink, -F.max_pool2d(-ink, (2, 2), 1, 1)[:, :, 1:, 1:], 0.8 * uniform(random, len(ink), 1, 1, 1))


def blurred(ink: Tensor, random: torch.Generator) -> Tensor:
    return torch.lerp(ink, F.avg_pool2d(ink, 3, 1, 1), uniform(random, len(ink), 1, 1, 1))


def coarse(ink: Tensor) -> Tensor:
    """As from a photo in which the character is 14 pixels high."""
    return F.interpolate(F.avg_pool2d(ink, 2), scale_factor=2, mode="bilinear", align_corners=False)


def with_lines(ink: Tensor, random: torch.Generator) -> Tensor:
    """What is left of the box's printed lines: a faint line near one border, broken."""
    count = len(ink)
    depth = torch.randint(0, 4, (count, 1, 1, 1), generator=random)
    level = torch.arange(IMAGE_SIZE).view(1, 1, -1, 1)
    line = ((level == depth) | (level == depth + 1)).float() * (0.2 + 0.8 * uniform(random, count, 1, 1, 1))
    broken = F.interpolate(uniform(random, count, 1, 1, 7), size=(IMAGE_SIZE, IMAGE_SIZE)) < 0.6
    line = (line * broken).expand(-1, -1, -1, IMAGE_SIZE)
    quarters = [torch.rot90(part, turn, (2, 3)) for turn, part in enumerate(line.chunk(4))]
    return torch.maximum(ink, torch.cat(quarters))


def with_specks(ink: Tensor, random: torch.Generator) -> Tensor:
    count = len(ink)
    specks = F.max_pool2d((uniform(random, count, 1, IMAGE_SIZE, IMAGE_SIZE) > 0.996).float(), 2, 1, 1)
    return torch.maximum(ink, specks[:, :, 1:, 1:] * uniform(random, count, 1, 1, 1))
