"""What a page may lie on: tables, floors and walls, photographed or drawn.

All pictures are float32 RGB in 0..255, [CANVAS, CANVAS, 3]; positions are canvas pixels.
"""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np

Random = np.random.Generator
CANVAS = 512  # scenes are drawn at twice the network's size and averaged down


def load_pictures(folder: Path, longest: int = 900) -> list[np.ndarray]:
    """All JPEG, PNG and WebP pictures under `folder`, RGB, shrunk to `longest` pixels."""
    files = sorted(
        f for f in folder.rglob("*") if f.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"} and f.is_file()
    )
    pictures = []
    for file in files:
        picture = cv2.imread(str(file))
        if picture is None:
            continue
        scale = longest / max(picture.shape[:2])
        if scale < 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        pictures.append(np.ascontiguousarray(picture[:, :, ::-1]))
    return pictures


def load_cut_outs(folder: Path, longest: int = 220) -> list[np.ndarray]:
    """PNG pictures with alpha under `folder` (and folders linked there), RGBA, shrunk to `longest` pixels."""
    found = []
    for root, _, names in sorted(os.walk(folder, followlinks=True)):
        for name in sorted(names):
            picture = cv2.imread(str(Path(root) / name), cv2.IMREAD_UNCHANGED) if name.endswith(".png") else None
            if picture is None or picture.ndim != 3 or picture.shape[2] != 4 or picture.dtype != np.uint8:
                continue
            scale = min(1, longest / max(picture.shape[:2]))
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            found.append(np.ascontiguousarray(picture[:, :, [2, 1, 0, 3]]))
    return found


def colour(rng: Random, low: float = 0, high: float = 255, grey: float = 0.5) -> np.ndarray:
    """A random colour; `grey` of the time almost without hue."""
    if rng.random() < grey:
        return np.clip(rng.uniform(low, high) + rng.normal(0, 8, 3), 0, 255)
    return rng.uniform(low, high, 3)


def smooth_noise(rng: Random, across: int, down: int, size: int = CANVAS) -> np.ndarray:
    """Noise of unit variance with `across` x `down` bumps, [size, size]."""
    return cv2.resize(rng.normal(0, 1, (down, across)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)


def polygon_mask(points: np.ndarray, blur: float = 0) -> np.ndarray:
    """Coverage of a polygon, float32 [CANVAS, CANVAS] in 0..1."""
    mask = np.zeros((CANVAS, CANVAS), np.uint8)
    cv2.fillPoly(mask, [np.rint(np.clip(points, -4000, 4000) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    soft = mask.astype(np.float32) / 255
    return cv2.GaussianBlur(soft, (0, 0), blur) if blur else soft


def paste(
    picture: np.ndarray, mask: np.ndarray, paint: np.ndarray | float, rng: Random, shadow: bool = True
) -> np.ndarray:
    """Lays `paint` over the picture where `mask` covers it, with a soft shadow beside it."""
    if shadow:
        dx, dy = rng.uniform(-12, 12, 2)
        small = cv2.resize(mask, (128, 128), interpolation=cv2.INTER_AREA)
        small = cv2.warpAffine(small, np.float32([[1, 0, dx / 4], [0, 1, dy / 4]]), (128, 128))
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.6, 3.5))
        picture = picture * (1 - rng.uniform(0, 0.6) * cv2.resize(small, (CANVAS, CANVAS))[..., None])
    x, y, w, h = cv2.boundingRect((mask * 255).astype(np.uint8))
    if w == 0 or h == 0:
        return picture
    part, cover = np.s_[y : y + h, x : x + w], mask[y : y + h, x : x + w, None]
    if isinstance(paint, np.ndarray) and paint.ndim == 3:
        paint = paint[part]
    picture = picture.astype(np.float32)
    picture[part] += (paint - picture[part]) * cover
    return picture


def tiled(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    """A tile of a photographed material, mirrored to cover the canvas, at a random scale, turn and stretch."""
    tile = tiles[rng.integers(len(tiles))]
    if rng.random() < 0.5:
        tile = np.rot90(tile)
    tile = np.concatenate([tile, tile[:, ::-1]], 1)
    tile = np.concatenate([tile, tile[::-1]], 0)
    scale = np.exp(rng.uniform(np.log(0.6), np.log(7))) * 124 / max(tile.shape[0] / 2, tile.shape[1] / 2)
    stretch = np.exp(rng.uniform(-0.35, 0.35))
    angle = rng.uniform(0, 2 * np.pi)
    c, s = np.cos(angle) / scale, np.sin(angle) / scale
    tilt = rng.uniform(-0.0012, 0.0012, 2) if rng.random() < 0.5 else (0, 0)
    centre = rng.uniform(0, 124, 2)
    m = np.array([[c * stretch, -s, centre[0]], [s * stretch, c, centre[1]], [tilt[0] * 0.6, tilt[1] * 0.6, 1.0]])
    m = m @ np.array([[1, 0, -CANVAS / 2], [0, 1, -CANVAS / 2], [0, 0, 1.0]])
    # The mirrored tile repeats seamlessly.
    surface = cv2.warpPerspective(
        tile, m, (CANVAS, CANVAS), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_WRAP
    ).astype(np.float32)
    if rng.random() < 0.3:
        surface = surface * rng.uniform(0.3, 1) + (1 - rng.uniform(0.3, 1)) * colour(rng)
    return surface * rng.uniform(0.7, 1.4) * rng.uniform(0.92, 1.08, 3).astype(np.float32)


def plain(rng: Random) -> np.ndarray:
    base = colour(rng, 20, 255) if rng.random() < 0.55 else colour(rng, 170, 255, 0.8)
    surface = np.ones((CANVAS, CANVAS, 3), np.float32) * base.astype(np.float32)
    surface *= 1 + rng.uniform(0, 0.08) * smooth_noise(rng, *rng.integers(2, 7, 2))[..., None]
    if rng.random() < 0.5:
        surface += rng.uniform(0, 10) * smooth_noise(rng, 180, 180)[..., None]
    return surface


def wood(rng: Random) -> np.ndarray:
    ratio = rng.uniform(8, 40)
    fine = smooth_noise(rng, int(rng.integers(2, 6)), int(30 * ratio / 10)) + 0.5 * smooth_noise(rng, 3, 250)
    x = np.linspace(0, 1, CANVAS, dtype=np.float32)[:, None] + 0.04 * smooth_noise(rng, 3, 4)
    rings = np.sin(x * rng.uniform(10, 90) + smooth_noise(rng, 2, 5) * 2) * rng.uniform(0, 1)
    base = np.array([rng.uniform(60, 225), 0, 0], np.float32)
    base[1] = base[0] * rng.uniform(0.6, 0.9)
    base[2] = base[1] * rng.uniform(0.55, 0.95)
    surface = base * (1 + rng.uniform(0.03, 0.16) * (fine + rings))[..., None]
    if rng.random() < 0.4:  # planks
        step = rng.uniform(50, 200)
        for y in np.arange(rng.uniform(0, step), CANVAS, step):
            surface[int(y) : int(y + step)] *= rng.uniform(0.82, 1.1)
            surface[int(y) : int(y) + int(rng.integers(1, 5))] *= rng.uniform(0.4, 0.9)
    return turned(rng, surface)


def turned(rng: Random, surface: np.ndarray) -> np.ndarray:
    """The surface seen turned about any angle, mirrored beyond its edges."""
    m = cv2.getRotationMatrix2D(
        (CANVAS / 2, CANVAS / 2), rng.choice([0, 90, rng.uniform(0, 360)]), rng.uniform(0.8, 1.8)
    )
    return cv2.warpAffine(surface.astype(np.float32), m, (CANVAS, CANVAS), borderMode=cv2.BORDER_REFLECT_101)


def pattern(rng: Random) -> np.ndarray:
    """Stripes, checks, dots, tiles with joints, woven cloth."""
    y, x = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32)
    a, b = colour(rng), colour(rng)
    step, duty = np.exp(rng.uniform(np.log(8), np.log(150))), rng.uniform(0.05, 0.6)
    u, v = (x / step) % 1, (y / (step * rng.choice([1, 1, rng.uniform(0.5, 2)]))) % 1
    kind = rng.integers(5)
    mix = (
        u < duty,
        (u < duty) ^ (v < duty),
        (u - 0.5) ** 2 + (v - 0.5) ** 2 < duty / 5,
        (u < 0.06) | (v < 0.06),
        (np.sin(x * 0.9) * np.sin(y * 0.9) + 1) / 2,
    )[kind].astype(np.float32)
    if kind == 4:
        b = a * rng.uniform(0.7, 1.0)
    mix = cv2.GaussianBlur(mix, (0, 0), rng.uniform(0.5, 2.5))[..., None] * rng.uniform(0.15, 1)
    return turned(rng, (a * (1 - mix) + b * mix + rng.uniform(0, 6) * smooth_noise(rng, 150, 150)[..., None]))


def photograph(rng: Random, photographs: list[np.ndarray]) -> np.ndarray:
    source = photographs[rng.integers(len(photographs))]
    h, w = source.shape[:2]
    part = rng.uniform(0.35, 1)
    ch, cw = max(16, int(h * part * rng.uniform(0.7, 1))), max(16, int(w * part * rng.uniform(0.7, 1)))
    y, x = rng.integers(h - ch + 1), rng.integers(w - cw + 1)
    crop = cv2.resize(source[y : y + ch, x : x + cw], (CANVAS, CANVAS), interpolation=cv2.INTER_LINEAR).astype(
        np.float32
    )
    return crop[:, ::-1] if rng.random() < 0.5 else crop


def surface(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    kind = rng.random()
    made = (
        tiled(rng, tiles) if kind < 0.52 else plain(rng) if kind < 0.72 else wood(rng) if kind < 0.87 else pattern(rng)
    )
    if rng.random() < 0.3:
        made = cv2.GaussianBlur(made, (0, 0), rng.uniform(0.7, 4))
    return made


def table(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    """A surface, often with an edge beyond which another one begins."""
    made = surface(rng, tiles)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(40, 230)
        direction, normal = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        start = CANVAS / 2 + normal * offset
        half_plane = np.array(
            [
                start - direction * 900,
                start + direction * 900,
                start + direction * 900 + normal * 900,
                start - direction * 900 + normal * 900,
            ]
        )
        edge = polygon_mask(half_plane)
        made = made * (1 - edge[..., None]) + (surface(rng, tiles) * rng.uniform(0.4, 1.1)) * edge[..., None]
        if rng.random() < 0.5:
            made *= 1 - rng.uniform(0.1, 0.6) * polygon_mask(half_plane + normal * -rng.uniform(2, 10), 3)[
                ..., None
            ] * (1 - edge[..., None])
    return made
