"""What lies around and over a page: tables, floors and walls, things on them, hands, and pictures without any page.

All pictures are float32 RGB in 0..255, [CANVAS, CANVAS, 3]; positions are canvas pixels.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

Random = np.random.Generator
CANVAS = 512  # scenes are drawn at twice the network's size and averaged down


def load_pictures(folder: Path, longest: int = 900) -> list[np.ndarray]:
    """All JPEG, PNG and WebP pictures under `folder`, RGB, shrunk to `longest` pixels."""
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"} and f.is_file())
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
    surface = cv2.warpPerspective(tile, m, (CANVAS, CANVAS), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_WRAP).astype(np.float32)
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
            surface[int(y):int(y + step)] *= rng.uniform(0.82, 1.1)
            surface[int(y):int(y) + int(rng.integers(1, 5))] *= rng.uniform(0.4, 0.9)
    return turned(rng, surface)


def turned(rng: Random, surface: np.ndarray) -> np.ndarray:
    """The surface seen turned about any angle, mirrored beyond its edges."""
    m = cv2.getRotationMatrix2D((CANVAS / 2, CANVAS / 2), rng.choice([0, 90, rng.uniform(0, 360)]), rng.uniform(0.8, 1.8))
    return cv2.warpAffine(surface.astype(np.float32), m, (CANVAS, CANVAS), borderMode=cv2.BORDER_REFLECT_101)


def pattern(rng: Random) -> np.ndarray:
    """Stripes, checks, dots, tiles with joints, woven cloth."""
    y, x = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32)
    a, b = colour(rng), colour(rng)
    step, duty = np.exp(rng.uniform(np.log(8), np.log(150))), rng.uniform(0.05, 0.6)
    u, v = (x / step) % 1, (y / (step * rng.choice([1, 1, rng.uniform(0.5, 2)]))) % 1
    kind = rng.integers(5)
    mix = (u < duty, (u < duty) ^ (v < duty), (u - 0.5) ** 2 + (v - 0.5) ** 2 < duty / 5, (u < 0.06) | (v < 0.06),
           (np.sin(x * 0.9) * np.sin(y * 0.9) + 1) / 2)[kind].astype(np.float32)
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
    crop = cv2.resize(source[y:y + ch, x:x + cw], (CANVAS, CANVAS), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return crop[:, ::-1] if rng.random() < 0.5 else crop


def surface(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    kind = rng.random()
    made = tiled(rng, tiles) if kind < 0.52 else plain(rng) if kind < 0.72 else wood(rng) if kind < 0.87 else pattern(rng)
    if rng.random() < 0.3:
        made = cv2.GaussianBlur(made, (0, 0), rng.uniform(0.7, 4))
    return made


def polygon_mask(points: np.ndarray, blur: float = 0) -> np.ndarray:
    """Coverage of a polygon, float32 [CANVAS, CANVAS] in 0..1."""
    mask = np.zeros((CANVAS, CANVAS), np.uint8)
    cv2.fillPoly(mask, [np.rint(np.clip(points, -4000, 4000) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    soft = mask.astype(np.float32) / 255
    return cv2.GaussianBlur(soft, (0, 0), blur) if blur else soft


def table(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    """A surface, often with an edge beyond which another one begins."""
    made = surface(rng, tiles)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(40, 230)
        direction, normal = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        start = CANVAS / 2 + normal * offset
        half_plane = np.array([start - direction * 900, start + direction * 900, start + direction * 900 + normal * 900, start - direction * 900 + normal * 900])
        edge = polygon_mask(half_plane)
        made = made * (1 - edge[..., None]) + (surface(rng, tiles) * rng.uniform(0.4, 1.1)) * edge[..., None]
        if rng.random() < 0.5:
            made *= 1 - rng.uniform(0.1, 0.6) * polygon_mask(half_plane + normal * -rng.uniform(2, 10), 3)[..., None] * (1 - edge[..., None])
    return made


def paste(picture: np.ndarray, mask: np.ndarray, paint: np.ndarray | float, rng: Random, shadow: bool = True) -> np.ndarray:
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
    part, cover = np.s_[y:y + h, x:x + w], mask[y:y + h, x:x + w, None]
    if isinstance(paint, np.ndarray) and paint.ndim == 3:
        paint = paint[part]
    picture = picture.astype(np.float32)
    picture[part] += (paint - picture[part]) * cover
    return picture


def rectangle(rng: Random, centre: np.ndarray, width: float, height: float, angle: float) -> np.ndarray:
    """Corners of a turned rectangle, slightly in perspective."""
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    c, s = np.cos(angle), np.sin(angle)
    return corners @ np.array([[c, s], [-s, c]]) * (1 + rng.normal(0, 0.03, (4, 1))) + centre


def pen(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    angle, length, thick = rng.uniform(0, np.pi), rng.uniform(80, 330), rng.uniform(5, 18)
    step = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    mask = np.zeros((CANVAS, CANVAS), np.uint8)
    cv2.line(mask, tuple(int(v) for v in at - step), tuple(int(v) for v in at + step), 255, int(thick), cv2.LINE_AA)
    picture = paste(picture, mask.astype(np.float32) / 255, colour(rng), rng)
    glint = np.zeros((CANVAS, CANVAS), np.uint8)
    cv2.line(glint, tuple(int(v) for v in at - step * 0.8), tuple(int(v) for v in at + step * rng.uniform(-0.5, 0.8)), 255, max(1, int(thick / 4)), cv2.LINE_AA)
    return paste(picture, glint.astype(np.float32) / 255, colour(rng, 120, 255), rng, False)


def cup(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    radius, squash, tone = rng.uniform(25, 90), rng.uniform(0.6, 1), colour(rng)
    for part in (1.0, rng.uniform(0.7, 0.9), rng.uniform(0.3, 0.65)):
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        cv2.ellipse(mask, tuple(int(v) for v in at), (int(radius * part), int(radius * part * squash)), 0, 0, 360, 255, -1, cv2.LINE_AA)
        picture = paste(picture, mask.astype(np.float32) / 255, tone, rng, part == 1)
        tone = tone * rng.uniform(0.4, 1.3) if rng.random() < 0.7 else colour(rng)
    return picture


def device(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    """A phone, screen or keyboard: a dark or grey slab with an inside of its own."""
    width = rng.uniform(60, 330)
    height, angle = width * rng.uniform(0.3, 0.8), rng.normal(0, 0.3) + rng.choice([0, np.pi / 2])
    body = rectangle(rng, at, width, height, angle)
    picture = paste(picture, polygon_mask(body), colour(rng, 5, 110 if rng.random() < 0.7 else 230, 0.9), rng)
    if rng.random() < 0.55:
        tone, columns, rows = colour(rng, 10, 235, 0.9), int(rng.integers(5, 15)), int(rng.integers(3, 7))
        m = cv2.getPerspectiveTransform(np.float32([[0, 0], [1, 0], [1, 1], [0, 1]]), body.astype(np.float32))
        keys = []
        for i in range(columns):
            for j in range(rows):
                left, top, right, bottom = (i + 0.6) / (columns + 1), (j + 0.6) / (rows + 1), (i + 1.4) / (columns + 1), (j + 1.4) / (rows + 1)
                corners = np.float32([[left, top], [right, top], [right, bottom], [left, bottom]])
                keys.append(np.rint(cv2.perspectiveTransform(corners[None], m)[0]).astype(np.int32))
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        cv2.fillPoly(mask, keys, 255, cv2.LINE_AA)
        return paste(picture, mask.astype(np.float32) / 255, tone, rng, False)
    inside = (body - at) * rng.uniform(0.8, 0.96) + at
    glow = colour(rng, 0, 255) * (1 + 0.5 * smooth_noise(rng, 3, 3)[..., None])
    return paste(picture, polygon_mask(inside), glow, rng, False)


def cable(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    points = at + np.cumsum(np.cumsum(rng.normal(0, 0.6, (120, 2)), 0) + rng.normal(0, 4, 2), 0)
    mask = np.zeros((CANVAS, CANVAS), np.uint8)
    cv2.polylines(mask, [np.rint(np.clip(points, -4000, 4000)).astype(np.int32)], False, 255, int(rng.integers(2, 8)), cv2.LINE_AA)
    return paste(picture, mask.astype(np.float32) / 255, colour(rng, 0, 255, 0.8), rng)


def blob(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Cloth, plants, bags, erasers: a smooth outline with shading."""
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = rng.uniform(15, 110) * (1 + sum(rng.uniform(0, 0.35) / k * np.sin(k * t + rng.uniform(0, 6)) for k in range(1, 6)))
    outline = at + np.stack([radius * np.cos(t), radius * np.sin(t) * rng.uniform(0.4, 1)], 1)
    return paste(picture, polygon_mask(outline), colour(rng) * (1 + 0.25 * smooth_noise(rng, 5, 5)[..., None]), rng)


THINGS: tuple[Callable[[Random, np.ndarray, np.ndarray], np.ndarray], ...] = (pen, pen, cup, device, cable, blob)


def cut_out(rng: Random, picture: np.ndarray, at: np.ndarray, cut_outs: list[np.ndarray]) -> np.ndarray:
    """A photographed object, turned and scaled."""
    source = cut_outs[rng.integers(len(cut_outs))]
    h, w = source.shape[:2]
    scale = np.exp(rng.uniform(np.log(50), np.log(380))) / max(h, w)
    m = cv2.getRotationMatrix2D((w / 2, h / 2), rng.normal(0, 25) if rng.random() < 0.6 else rng.uniform(0, 360), scale)
    m[:, 2] += at - np.array([w / 2, h / 2])
    warped = cv2.warpAffine(source, m, (CANVAS, CANVAS), flags=cv2.INTER_AREA).astype(np.float32)
    return paste(picture, warped[..., 3] / 255, warped[..., :3] * rng.uniform(0.5, 1.1), rng)


def clutter(rng: Random, picture: np.ndarray, count: int, cut_outs: list[np.ndarray]) -> np.ndarray:
    for _ in range(count):
        # Mostly towards the rim, where a page leaves room.
        angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(120, 300)
        at = CANVAS / 2 + away * np.array([np.cos(angle), np.sin(angle)])
        if cut_outs and rng.random() < 0.35:
            picture = cut_out(rng, picture, at, cut_outs)
        else:
            picture = THINGS[rng.integers(len(THINGS))](rng, picture, at)
    return picture


def skin(rng: Random) -> np.ndarray:
    """Skin of any tone, from very dark to very light, RGB."""
    t = rng.random()
    dark, light = np.array([58, 36, 26.0]), np.array([240, 205, 180.0])
    return np.clip((dark * (1 - t) + light * t) * rng.uniform(0.85, 1.12) + rng.normal(0, 5, 3), 0, 255)


def hand(rng: Random, picture: np.ndarray, edge: np.ndarray, inward: np.ndarray) -> np.ndarray:
    """Fingers (or a thumb) that reach from outside over `edge` in direction `inward` (unit vector)."""
    tone, thick = skin(rng), rng.uniform(20, 52)
    across = np.array([-inward[1], inward[0]])
    count = int(rng.choice([1, 1, 2, 3, 4]))
    mask = np.zeros((CANVAS, CANVAS), np.uint8)
    nails = np.zeros((CANVAS, CANVAS), np.uint8)
    wrist = edge - inward * rng.uniform(120, 260) + across * rng.normal(0, 60)
    for k in range(count):
        tip = edge + inward * rng.uniform(5, 85) + across * (k - (count - 1) / 2) * thick * rng.uniform(1.0, 1.25)
        knuckle = tip - inward * rng.uniform(70, 130) + across * rng.normal(0, 12)
        points = np.rint(np.array([tip, knuckle, wrist])).astype(np.int32)
        cv2.polylines(mask, [points], False, 255, int(thick * rng.uniform(0.85, 1.1)), cv2.LINE_AA)
        if rng.random() < 0.6:
            cv2.ellipse(nails, tuple(int(v) for v in tip), (int(thick * 0.3), int(thick * 0.22)), float(np.degrees(np.arctan2(inward[1], inward[0]))), 0, 360, 255, -1)
    cv2.circle(mask, tuple(int(v) for v in wrist), int(thick * rng.uniform(1.2, 2.4)), 255, -1)
    soft = cv2.resize(cv2.GaussianBlur(cv2.resize(mask, (128, 128), interpolation=cv2.INTER_AREA), (0, 0), thick / 14), (CANVAS, CANVAS)).astype(np.float32) / 255
    paint = tone * (0.62 + 0.42 * soft[..., None]) * (1 + 0.04 * smooth_noise(rng, 12, 12)[..., None])
    paint = paint + (nails[..., None] / 255.0) * rng.uniform(5, 40)
    return paste(picture, mask.astype(np.float32) / 255, paint, rng)


def person(rng: Random, picture: np.ndarray) -> np.ndarray:
    """A head with hair, eyes and mouth above shoulders, in coarse shapes."""
    size, at, tone = rng.uniform(25, 120), rng.uniform(80, 430, 2), skin(rng)
    shapes = [((0, 2.6), (1.9, 1.6), colour(rng)), ((0, -0.25), (0.95, 1.1), colour(rng, 0, 120)), ((0, 1.0), (0.4, 0.7), tone * 0.85), ((0, 0), (0.78, 1.0), tone),
              ((-0.3, -0.1), (0.13, 0.07), colour(rng, 0, 60)), ((0.3, -0.1), (0.13, 0.07), colour(rng, 0, 60)), ((0, 0.5), (0.25, 0.09), tone * np.array([0.8, 0.5, 0.5]))]
    for (x, y), (a, b), paint in shapes:
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        cv2.ellipse(mask, (int(at[0] + x * size), int(at[1] + y * size)), (max(1, int(a * size)), max(1, int(b * size))), rng.normal(0, 5), 0, 360, 255, -1, cv2.LINE_AA)
        picture = paste(picture, mask.astype(np.float32) / 255, paint * (1 + 0.1 * smooth_noise(rng, 4, 4)[..., None]), rng, False)
    return picture


def landscape(rng: Random) -> np.ndarray:
    """Sky, ridges and ground."""
    y = np.linspace(0, 1, CANVAS, dtype=np.float32)[:, None, None]
    picture = (colour(rng, 90, 255, 0.3) * (1 - y) + colour(rng, 120, 255, 0.3) * y) * np.ones((CANVAS, CANVAS, 1), np.float32)
    level = rng.uniform(100, 300)
    for _ in range(rng.integers(1, 5)):
        x = np.arange(0, CANVAS + 16, 16)
        ridge = level + np.cumsum(rng.normal(0, rng.uniform(1, 14), len(x)))
        outline = np.concatenate([np.stack([x, ridge], 1), [[CANVAS + 20, CANVAS + 20], [-20, CANVAS + 20]]])
        picture = paste(picture, polygon_mask(outline), colour(rng, 10, 200, 0.2) * (1 + 0.25 * smooth_noise(rng, 40, 60)[..., None]), rng, False)
        level += rng.uniform(20, 110)
    return picture


def building(rng: Random, tiles: list[np.ndarray]) -> np.ndarray:
    """A wall with windows, doors, shelves or picture frames: rectangles within rectangles."""
    picture = surface(rng, tiles)
    columns, rows = rng.integers(1, 6, 2)
    paint, frame, bars = colour(rng, 0, 255), colour(rng, 0, 255), rng.random() < 0.6
    same = rng.random() < 0.7
    for i in range(columns):
        for j in range(rows):
            centre = np.array([(i + 0.5) / columns, (j + 0.5) / rows]) * CANVAS
            w, h = rng.uniform(0.4, 0.8) * CANVAS / columns, rng.uniform(0.4, 0.9) * CANVAS / rows
            outer = rectangle(rng, centre, w, h, 0)
            picture = paste(picture, polygon_mask(outer), frame if same else colour(rng), rng)
            glass = paint * (1 + 0.3 * smooth_noise(rng, 3, 3)[..., None])
            picture = paste(picture, polygon_mask((outer - centre) * rng.uniform(0.75, 0.94) + centre), glass, rng, False)
            if bars:
                bar = rectangle(rng, centre, w * 0.05, h, 0)
                picture = paste(picture, polygon_mask(bar), frame, rng, False)
    return picture


def without_page(rng: Random, tiles: list[np.ndarray], photographs: list[np.ndarray], cut_outs: list[np.ndarray]) -> np.ndarray:
    kind = rng.random()
    if kind < 0.2:
        picture = table(rng, tiles)
    elif kind < 0.42:
        picture = clutter(rng, table(rng, tiles), int(rng.integers(1, 9)), cut_outs)
    elif kind < 0.66:
        picture = photograph(rng, photographs)
        for _ in range(rng.choice([0, 0, 1, 3]) if cut_outs else 0):
            picture = cut_out(rng, picture, rng.uniform(60, CANVAS - 60, 2), cut_outs)
    elif kind < 0.76:
        picture = landscape(rng)
        for _ in range(rng.choice([0, 1, 3, 6]) if cut_outs else 0):
            picture = cut_out(rng, picture, rng.uniform(60, CANVAS - 60, 2), cut_outs)
    elif kind < 0.87:
        picture = building(rng, tiles)
    else:
        picture = surface(rng, tiles) if rng.random() < 0.6 else landscape(rng)
        for _ in range(rng.choice([1, 1, 2, 3, 5])):
            picture = person(rng, picture)
    if rng.random() < 0.15:
        edge = rng.uniform(80, 430, 2)
        angle = rng.uniform(0, 2 * np.pi)
        picture = hand(rng, picture, edge, np.array([np.cos(angle), np.sin(angle)]))
    return picture
