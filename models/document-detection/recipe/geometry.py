"""Where a page lies in the picture: a rectangle seen in perspective, its sides bent.

Page coordinates: (u, v) in 0..1 across the face. Frame coordinates: (x, y) in 0..1 across the picture, whatever the photo's
aspect. Both have their origin at the top left.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from surfaces import CANVAS, Random

UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
SAMPLES = 48  # points along each side


@dataclass(frozen=True)
class Bend:
    """Displacement of page coordinates, zero at the four corners; shares of the face's side."""

    top: float = 0
    bottom: float = 0
    left: float = 0
    right: float = 0
    book: bool = False  # two humps with a gutter instead of one

    def __call__(self, uv: np.ndarray) -> np.ndarray:
        u, v = np.clip(uv[..., 0], -0.1, 1.1), np.clip(uv[..., 1], -0.1, 1.1)
        along_u = np.abs(np.sin(2 * np.pi * u)) if self.book else np.sin(np.pi * u)
        du = (self.left * (1 - u) + self.right * u) * np.sin(np.pi * v)
        dv = (self.top * (1 - v) + self.bottom * v) * along_u
        return np.stack([du, dv], -1).astype(np.float32)


@dataclass(frozen=True)
class Placement:
    quad: np.ndarray  # [4, 2] frame coordinates, clockwise from the face's top left
    bend: Bend

    def page_coordinates(self) -> np.ndarray:
        """(u, v) of every canvas pixel's centre, [CANVAS, CANVAS, 2]."""
        m = cv2.getPerspectiveTransform(self.quad.astype(np.float32) * CANVAS, UNIT)
        y, x = np.mgrid[0:CANVAS, 0:CANVAS].astype(np.float32) + 0.5
        w = m[2, 0] * x + m[2, 1] * y + m[2, 2]
        scale = 1 / np.where(np.abs(w) < 1e-6, 1e-6, w)
        uv = np.stack(
            [(m[0, 0] * x + m[0, 1] * y + m[0, 2]) * scale, (m[1, 0] * x + m[1, 1] * y + m[1, 2]) * scale], -1
        ).astype(np.float32)
        return uv + self.bend(uv)

    def sides(self) -> np.ndarray:
        """The outline in frame coordinates, [4 * SAMPLES, 2]; each side has SAMPLES points, beginning at its corner."""
        t = np.arange(SAMPLES, dtype=np.float32)[:, None] / SAMPLES
        wanted = np.concatenate([UNIT[i] * (1 - t) + UNIT[(i + 1) % 4] * t for i in range(4)])
        uv = wanted.copy()
        for _ in range(5):
            uv = wanted - self.bend(uv)
        m = cv2.getPerspectiveTransform(UNIT, self.quad.astype(np.float32))
        return cv2.perspectiveTransform(uv[None], m)[0]


def area(points: np.ndarray) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def projected(rng: Random, page_ratio: float, photo_ratio: float) -> np.ndarray:
    """A rectangle (width / height = page_ratio) as a camera sees it, in frame coordinates about the origin, unscaled."""
    upright = rng.random()
    turn = (
        rng.normal(0, 0.08) if upright < 0.45 else rng.normal(0, 0.35) if upright < 0.7 else rng.uniform(0, 2 * np.pi)
    )
    if rng.random() < 0.2:
        turn += np.pi / 2 * rng.integers(4)
    tilt = np.radians(np.clip(abs(rng.normal(0, 22)), 0, 52))
    direction = rng.uniform(0, 2 * np.pi) if rng.random() < 0.6 else -np.pi / 2 + rng.normal(0, 0.2)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([page_ratio, 1]) / np.sqrt(1 + page_ratio**2)
    c, s = np.cos(turn), np.sin(turn)
    corners = corners @ np.array([[c, s], [-s, c]])
    along = np.array([np.cos(direction), np.sin(direction)])
    depth = corners @ along
    across = corners - np.outer(depth, along)
    distance = rng.uniform(2.2, 4.5)
    points = (across + np.outer(depth * np.cos(tilt), along)) * (distance / (distance + depth * np.sin(tilt)))[:, None]
    return points / np.array([photo_ratio, 1])


def placed(rng: Random, page_ratio: float, photo_ratio: float) -> np.ndarray:
    """A quad in frame coordinates: whole in the picture, filling it, small, or cut by the frame."""
    quad = projected(rng, page_ratio, photo_ratio)
    kind = rng.random()
    extent = quad.max(0) - quad.min(0)
    biggest = 1 / extent.max()  # scale at which the bounding box touches the frame
    if kind < 0.24:
        scale = biggest * rng.uniform(0.9, 0.995)
    elif kind < 0.34:
        scale = np.sqrt(rng.uniform(0.05, 0.16) / area(quad))
    elif kind < 0.52:
        scale = biggest * np.exp(rng.uniform(np.log(0.6), np.log(1.5)))
    else:
        scale = biggest * rng.uniform(0.58, 0.97)
    if not 0.34 <= kind < 0.52:
        scale = min(scale, biggest * 0.995)
    quad = quad * scale
    low, high = quad.min(0), quad.max(0)
    if 0.34 <= kind < 0.52:  # cut: pushed over one to three sides, some of it kept
        quad = quad - (low + high) / 2 + rng.uniform(0.2, 0.8, 2)
    else:
        room = 1 - (high - low)
        where = rng.random(2) if rng.random() < 0.6 else np.clip(rng.normal(0.5, 0.15, 2), 0, 1)
        quad = quad - low + room * where
    return quad


def clipped_corners(placement: Placement) -> np.ndarray:
    """Corners of the page's outline clipped at the frame, [n, 2] frame coordinates.

    The page's own corners inside the frame, the places where its sides cross the frame, and the corners of the frame that the
    page covers.
    """
    found = [corner for corner in placement.quad if np.all((corner >= 0) & (corner <= 1))]
    outline = placement.sides()
    following = np.roll(outline, -1, 0)
    for axis in (0, 1):
        for limit in (0.0, 1.0):
            a, b = outline[:, axis] - limit, following[:, axis] - limit
            for i in np.nonzero((a < 0) != (b < 0))[0]:
                point = outline[i] + (following[i] - outline[i]) * (a[i] / (a[i] - b[i]))
                if 0 <= point[1 - axis] <= 1:
                    found.append(point)
    for corner in UNIT:
        if cv2.pointPolygonTest(outline.astype(np.float32), (float(corner[0]), float(corner[1])), False) > 0:
            found.append(corner)
    return np.array(found, np.float32).reshape(-1, 2)
