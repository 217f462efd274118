"""Light and camera: what happens to a scene on its way to a JPEG.

Pictures are float32 RGB in 0..255; light acts on the canvas, the camera on the picture of the network's size.
"""

from __future__ import annotations

import cv2
import numpy as np

from surfaces import CANVAS, Random, polygon_mask, smooth_noise


def light(rng: Random, picture: np.ndarray) -> np.ndarray:
    """Falling-off light, cast shadows, glare and vignetting."""
    field = np.ones((CANVAS, CANVAS), np.float32)
    y, x = np.mgrid[-1 : 1 : CANVAS * 1j, -1 : 1 : CANVAS * 1j].astype(np.float32)
    if rng.random() < 0.8:
        angle = rng.uniform(0, 2 * np.pi)
        field *= 1 + rng.uniform(0, 0.35) * (x * np.cos(angle) + y * np.sin(angle))
    if rng.random() < 0.35:
        field *= np.clip(1 + rng.uniform(0.03, 0.15) * smooth_noise(rng, *rng.integers(2, 5, 2)), 0.4, 1.6)
    if rng.random() < 0.42:
        for _ in range(rng.integers(1, 3)):
            field *= 1 - rng.uniform(0.1, 0.62) * polygon_mask(
                shadow_outline(rng), np.exp(rng.uniform(np.log(0.7), np.log(30)))
            )
    if rng.random() < 0.3:
        field *= 1 - rng.uniform(0.1, 0.5) * np.clip((x**2 + y**2) / 2, 0, 1)
    picture = picture * np.clip(field, 0.1, 2)[..., None]
    if rng.random() < 0.14:
        cx, cy = rng.uniform(-1, 1, 2)
        sx, sy = rng.uniform(0.05, 0.5, 2)
        picture = picture + rng.uniform(40, 230) * np.exp(-(((x - cx) / sx) ** 2) - ((y - cy) / sy) ** 2)[..., None]
    return picture


def shadow_outline(rng: Random) -> np.ndarray:
    """Of a phone with arms, a head, a window frame or anything with a straight edge, in canvas pixels."""
    centre, kind = rng.uniform(0, CANVAS, 2), rng.random()
    if kind < 0.45:  # a half-plane
        angle = rng.uniform(0, 2 * np.pi)
        d, n = np.array([np.cos(angle), np.sin(angle)]) * 900, np.array([-np.sin(angle), np.cos(angle)]) * 900
        return np.array([centre - d, centre + d, centre + d + n, centre - d + n])
    if kind < 0.7:  # a slab
        angle, w, h = rng.uniform(0, np.pi), rng.uniform(60, 250), rng.uniform(100, 700)
        a, b = np.array([np.cos(angle), np.sin(angle)]) * w / 2, np.array([-np.sin(angle), np.cos(angle)]) * h / 2
        return centre + np.array([-a - b, a - b, a + b, -a + b])
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = rng.uniform(50, 240) * (
        1 + sum(rng.uniform(0, 0.3) * np.sin(k * t + rng.uniform(0, 6)) for k in range(1, 5))
    )
    return centre + np.stack([radius * np.cos(t), radius * np.sin(t)], 1)


def photographed(rng: Random, picture: np.ndarray) -> np.ndarray:
    """Exposure, colour temperature, blur, noise, gamma and JPEG on a picture of the network's size; returns uint8."""
    white = np.percentile(picture[::8, ::8].max(-1), 95)
    target = rng.uniform(150, 290) if rng.random() < 0.85 else rng.uniform(50, 130)
    picture = picture * min(target / max(white, 20), 4.0)
    warm = rng.normal(0, 0.09)
    picture = picture * np.array([1 + warm, 1 + rng.normal(0, 0.025), 1 - warm], np.float32)
    if rng.random() < 0.3:
        grey = picture.mean(-1, keepdims=True)
        picture = grey + (picture - grey) * rng.uniform(0, 1.3)
    if rng.random() < 0.4:
        picture = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), rng.uniform(0.35, 1.6))
    if rng.random() < 0.15:
        length, angle = int(rng.integers(3, 9)), rng.uniform(0, np.pi)
        kernel = np.zeros((9, 9), np.float32)
        d = np.array([np.cos(angle), np.sin(angle)]) * length / 2
        cv2.line(kernel, tuple(int(round(v)) for v in 4 - d), tuple(int(round(v)) for v in 4 + d), 1.0)
        picture = cv2.filter2D(picture.astype(np.float32), -1, kernel / max(kernel.sum(), 1))
    elif rng.random() < 0.25:  # sharpened by the phone
        picture = picture + rng.uniform(0.2, 1.2) * (
            picture - cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 1.0)
        )
    unit = np.clip(picture / 255, 0, 1) ** rng.uniform(0.7, 1.25)
    if rng.random() < 0.5:
        strength = rng.uniform(0, 0.035) if rng.random() < 0.85 else rng.uniform(0.03, 0.08)
        unit = unit + rng.normal(0, 1, unit.shape).astype(np.float32) * strength * np.sqrt(unit + 0.1)
    result = np.clip(unit * 255, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = int(rng.uniform(30, 95) if rng.random() < 0.4 else rng.uniform(75, 96))
        _, coded = cv2.imencode(".jpg", result[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        result = cv2.imdecode(coded, cv2.IMREAD_COLOR)[:, :, ::-1]
    return np.ascontiguousarray(result)
