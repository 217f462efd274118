"""What lies beside or over a page: pens, cups, devices, cables, photographed things, hands; and people.

All pictures are float32 RGB in 0..255, [CANVAS, CANVAS, 3]; positions are canvas pixels.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from surfaces import CANVAS, Random, colour, paste, polygon_mask, smooth_noise


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
    cv2.line(
        glint,
        tuple(int(v) for v in at - step * 0.8),
        tuple(int(v) for v in at + step * rng.uniform(-0.5, 0.8)),
        255,
        max(1, int(thick / 4)),
        cv2.LINE_AA,
    )
    return paste(picture, glint.astype(np.float32) / 255, colour(rng, 120, 255), rng, False)


def cup(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    radius, squash, tone = rng.uniform(25, 90), rng.uniform(0.6, 1), colour(rng)
    for part in (1.0, rng.uniform(0.7, 0.9), rng.uniform(0.3, 0.65)):
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        cv2.ellipse(
            mask,
            tuple(int(v) for v in at),
            (int(radius * part), int(radius * part * squash)),
            0,
            0,
            360,
            255,
            -1,
            cv2.LINE_AA,
        )
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
                left, top, right, bottom = (
                    (i + 0.6) / (columns + 1),
                    (j + 0.6) / (rows + 1),
                    (i + 1.4) / (columns + 1),
                    (j + 1.4) / (rows + 1),
                )
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
    cv2.polylines(
        mask, [np.rint(np.clip(points, -4000, 4000)).astype(np.int32)], False, 255, int(rng.integers(2, 8)), cv2.LINE_AA
    )
    return paste(picture, mask.astype(np.float32) / 255, colour(rng, 0, 255, 0.8), rng)


def blob(rng: Random, picture: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Cloth, plants, bags, erasers: a smooth outline with shading."""
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = rng.uniform(15, 110) * (
        1 + sum(rng.uniform(0, 0.35) / k * np.sin(k * t + rng.uniform(0, 6)) for k in range(1, 6))
    )
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
            cv2.ellipse(
                nails,
                tuple(int(v) for v in tip),
                (int(thick * 0.3), int(thick * 0.22)),
                float(np.degrees(np.arctan2(inward[1], inward[0]))),
                0,
                360,
                255,
                -1,
            )
    cv2.circle(mask, tuple(int(v) for v in wrist), int(thick * rng.uniform(1.2, 2.4)), 255, -1)
    soft = (
        cv2.resize(
            cv2.GaussianBlur(cv2.resize(mask, (128, 128), interpolation=cv2.INTER_AREA), (0, 0), thick / 14),
            (CANVAS, CANVAS),
        ).astype(np.float32)
        / 255
    )
    paint = tone * (0.62 + 0.42 * soft[..., None]) * (1 + 0.04 * smooth_noise(rng, 12, 12)[..., None])
    paint = paint + (nails[..., None] / 255.0) * rng.uniform(5, 40)
    return paste(picture, mask.astype(np.float32) / 255, paint, rng)


def person(rng: Random, picture: np.ndarray) -> np.ndarray:
    """A head with hair, eyes and mouth above shoulders, in coarse shapes."""
    size, at, tone = rng.uniform(25, 120), rng.uniform(80, 430, 2), skin(rng)
    shapes = [
        ((0, 2.6), (1.9, 1.6), colour(rng)),
        ((0, -0.25), (0.95, 1.1), colour(rng, 0, 120)),
        ((0, 1.0), (0.4, 0.7), tone * 0.85),
        ((0, 0), (0.78, 1.0), tone),
        ((-0.3, -0.1), (0.13, 0.07), colour(rng, 0, 60)),
        ((0.3, -0.1), (0.13, 0.07), colour(rng, 0, 60)),
        ((0, 0.5), (0.25, 0.09), tone * np.array([0.8, 0.5, 0.5])),
    ]
    for (x, y), (a, b), paint in shapes:
        mask = np.zeros((CANVAS, CANVAS), np.uint8)
        cv2.ellipse(
            mask,
            (int(at[0] + x * size), int(at[1] + y * size)),
            (max(1, int(a * size)), max(1, int(b * size))),
            rng.normal(0, 5),
            0,
            360,
            255,
            -1,
            cv2.LINE_AA,
        )
        picture = paste(
            picture, mask.astype(np.float32) / 255, paint * (1 + 0.1 * smooth_noise(rng, 4, 4)[..., None]), rng, False
        )
    return picture
