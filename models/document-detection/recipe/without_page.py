"""Pictures without a page: bare and cluttered tables, photographs, landscapes, buildings, people."""

from __future__ import annotations

import numpy as np

from surfaces import CANVAS, Random, colour, paste, photograph, polygon_mask, smooth_noise, surface, table
from things import clutter, cut_out, hand, person, rectangle


def landscape(rng: Random) -> np.ndarray:
    """Sky, ridges and ground."""
    y = np.linspace(0, 1, CANVAS, dtype=np.float32)[:, None, None]
    picture = (colour(rng, 90, 255, 0.3) * (1 - y) + colour(rng, 120, 255, 0.3) * y) * np.ones(
        (CANVAS, CANVAS, 1), np.float32
    )
    level = rng.uniform(100, 300)
    for _ in range(rng.integers(1, 5)):
        x = np.arange(0, CANVAS + 16, 16)
        ridge = level + np.cumsum(rng.normal(0, rng.uniform(1, 14), len(x)))
        outline = np.concatenate([np.stack([x, ridge], 1), [[CANVAS + 20, CANVAS + 20], [-20, CANVAS + 20]]])
        picture = paste(
            picture,
            polygon_mask(outline),
            colour(rng, 10, 200, 0.2) * (1 + 0.25 * smooth_noise(rng, 40, 60)[..., None]),
            rng,
            False,
        )
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
            picture = paste(
                picture, polygon_mask((outer - centre) * rng.uniform(0.75, 0.94) + centre), glass, rng, False
            )
            if bars:
                bar = rectangle(rng, centre, w * 0.05, h, 0)
                picture = paste(picture, polygon_mask(bar), frame, rng, False)
    return picture


def without_page(
    rng: Random, tiles: list[np.ndarray], photographs: list[np.ndarray], cut_outs: list[np.ndarray]
) -> np.ndarray:
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
