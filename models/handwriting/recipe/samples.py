"""Reads the labelled characters, and draws more of them from pen strokes.

Characters are uint8 [N, 28, 28], ink 255 on 0. Labels are indices into `CLASSES`, or -1 - i where only the letter i (0 for A) is
known and not its case. `held` marks what belongs to the writers that are held back for choosing between networks, `seen` says how
often each is seen in training against the others of its set. `half` parts the others' writers in two (0 or 1): a network that learns
from one half says of the other what it makes of writers that it has never seen. -1 belongs to both.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from network import CLASSES, IMAGE_SIZE, OTHER, STRUCK_OUT

CHARACTER_PX = 20  # longer side of the ink, as in MNIST
HELD_WRITERS = 16  # one writer in so many
HELD_SHARE = 0.06  # where writers are not known


@dataclass
class Samples:
    name: str
    images: np.ndarray
    labels: np.ndarray
    held: np.ndarray
    seen: np.ndarray
    half: np.ndarray


def read_idx(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels of a folder of gzipped IDX files (http://yann.lecun.com/exdb/mnist)."""
    images = gzip.decompress((folder / "images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / "labels-idx1-ubyte.gz").read_bytes())
    size = IMAGE_SIZE * IMAGE_SIZE
    return np.frombuffer(images, np.uint8, offset=len(images) % size).reshape(-1, IMAGE_SIZE, IMAGE_SIZE), np.frombuffer(
        labels, np.uint8, offset=8
    )


def normalised(ink: np.ndarray) -> np.ndarray:
    """The ink of one character of any size as 28x28: its longer side 20 px, its centre of mass in the middle.

    `worker/handwriting/normalise-character.ts` does the same, step by step.
    """
    out = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    ys, xs = np.where(ink > max(1, ink.max()) * 0.35)
    if len(ys) == 0 or ink.max() == 0:
        return out
    left, right, top, bottom = xs.min(), xs.max() + 1, ys.min(), ys.max() + 1
    scale = CHARACTER_PX / max(right - left, bottom - top)
    total = ink.sum(dtype=np.float64)
    centre_x = (ink.sum(0, dtype=np.float64) * (np.arange(ink.shape[1]) + 0.5)).sum() / total
    centre_y = (ink.sum(1, dtype=np.float64) * (np.arange(ink.shape[0]) + 0.5)).sum() / total
    if scale < 0.8:
        # Averaging first, so that the bilinear step is free of aliasing.
        factor = 1 / scale
        blur = cv2.GaussianBlur(ink, (0, 0), 0.35 * factor)
    else:
        blur = ink
    # Pixel centres lie at halves: x_source = (x_target + 0.5 - 14) / scale + centre - 0.5.
    half = IMAGE_SIZE / 2 - 0.5
    matrix = np.array(
        [[1 / scale, 0, centre_x - 0.5 - half / scale], [0, 1 / scale, centre_y - 0.5 - half / scale]], np.float64
    )
    centred = cv2.warpAffine(
        blur, matrix, (IMAGE_SIZE, IMAGE_SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=0
    )
    return np.clip(centred * (255 / max(1, centred.max())) + 0.5, 0, 255).astype(np.uint8)


def read_strokes(file: Path) -> dict[str, np.ndarray]:
    return dict(np.load(file))


def seen_by_writer(strokes: dict[str, np.ndarray]) -> np.ndarray:
    """Less often for who wrote much (up to 2,086 capitals, in the median 85): by the root. Digits, capitals and small letters apart."""
    kind = np.searchsorted([ord("A"), ord("a")], strokes["char"], "right")
    _, group, count = np.unique(kind * 100_000 + strokes["writer"], return_inverse=True, return_counts=True)
    seen = count[group] ** -0.5
    return seen / (np.bincount(kind, seen) / np.bincount(kind))[kind]


def read_training(folder: Path) -> list[Samples]:
    """All training sets of the folder, normalised."""
    strokes = read_strokes(folder / "unipen-strokes-train.npz")
    small = strokes["char"] >= ord("a")
    held_writer = strokes["writer"] % HELD_WRITERS == 3
    seen = seen_by_writer(strokes)
    sets = []
    for name, rows in (("unipen-train", ~small), ("unipen-lower-train", small)):
        images, labels = read_idx(folder / name)
        # The images are in the order of the strokes, which know the writers.
        assert (strokes["label36"][rows] == labels).all(), f"{name} and the strokes disagree"
        cased = np.where(labels >= 10, labels + 26, labels) if name == "unipen-lower-train" else labels
        sets.append(Samples(name, images, cased.astype(np.int64), held_writer[rows], seen[rows], strokes["writer"][rows] % 2))
    # Both lie there by class, and without their writers.
    for name in ("mnist-train", "emnist-six-letters-train"):
        images, labels = read_idx(folder / name)
        known = labels.astype(np.int64)
        held = np.random.default_rng(7).random(len(labels)) < HELD_SHARE
        half = np.random.default_rng(8).integers(0, 2, len(labels))
        sets.append(Samples(name, images, np.where(known < 10, known, -1 - (known - 10)), held, np.ones(len(known)), half))
    for part in sets:
        part.images = np.stack([normalised(image) for image in part.images])
    return sets


def label_of(char: int) -> int:
    return CLASSES.index(chr(char))


def unit_strokes(strokes: dict[str, np.ndarray]) -> list[list[np.ndarray]]:
    """For each character its strokes, [points, 2], longer side 1 and the middle of its outline at 0."""
    ends = np.cumsum(strokes["stroke_len"].astype(np.int64))
    starts = ends - strokes["stroke_len"]
    xy = strokes["xy"].astype(np.float32)
    characters, at = [], 0
    for count in strokes["n_strokes"]:
        parts = [xy[starts[i] : ends[i]] for i in range(at, at + count)]
        at += count
        points = np.concatenate(parts)
        low, high = points.min(0), points.max(0)
        scale = 1 / max(1.0, float((high - low).max()))
        characters.append([(part - (low + high) / 2) * scale for part in parts])
    return characters


def bent(parts: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    """The strokes as another hand might write them: stretched, slanted, waved, with smaller loops, its strokes a little elsewhere."""
    angle, slant = rng.normal(0, 0.1), rng.normal(0, 0.18)
    stretch = np.exp(rng.normal(0, 0.12))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = (turn @ np.array([[stretch, slant], [0, 1 / stretch]])).astype(np.float32)
    phases = rng.uniform(0, 2 * np.pi, 4)
    waves = rng.normal(0, 0.03, 4)
    # Hands differ in how large the upper and lower, left and right halves are, and in how far each stroke is from its place.
    uneven = np.clip(rng.normal(0, (0.2, 0.3)), -0.7, 0.7)
    bow = rng.normal(0, 0.12)
    freedom = rng.uniform(0, 1)
    out = []
    for part in parts:
        points = (moved_alone(part, freedom, rng) if len(parts) > 1 else part) @ matrix.T
        x0, y0 = points[:, 0], points[:, 1]
        x = x0 + uneven[0] * (0.25 - x0 * x0) + bow * (0.25 - y0 * y0)
        y = y0 + uneven[1] * (0.25 - y0 * y0)
        x = x + waves[0] * np.sin(5 * y0 + phases[0]) + waves[1] * np.sin(9 * x0 + phases[1])
        y = y + waves[2] * np.sin(5 * x0 + phases[2]) + waves[3] * np.sin(9 * y0 + phases[3])
        out.append(np.stack([x, y], 1).astype(np.float32) + rng.normal(0, 0.012, 2).astype(np.float32))
    return out


def moved_alone(part: np.ndarray, freedom: float, rng: np.random.Generator) -> np.ndarray:
    """One stroke of several: turned and scaled about its middle, shifted, now and then without its first or last points."""
    if rng.random() < 0.2 and len(part) > 12:
        cut = int(rng.integers(1, 1 + len(part) // 12))
        part = part[cut:] if rng.random() < 0.5 else part[:-cut]
    middle = (part.min(0) + part.max(0)) / 2
    angle, size = freedom * rng.normal(0, 0.12), np.exp(freedom * rng.normal(0, 0.12))
    cos, sin = size * np.cos(angle), size * np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]], np.float32)
    return (part - middle) @ turn.T + middle + (freedom * rng.normal(0, 0.05, 2)).astype(np.float32)


CANVAS_PX = 112


def drawn(parts: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """The strokes drawn with some pen, uint8 [112, 112]."""
    canvas = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)
    span = 68
    width = int(round(rng.choice([rng.uniform(3, 6), rng.uniform(5, 10), rng.uniform(8, 15)], p=[0.3, 0.5, 0.2])))
    for part in parts:
        line = np.round((part * span + CANVAS_PX / 2) * 16).astype(np.int32).reshape(-1, 1, 2)
        if len(line) == 1:
            cv2.circle(canvas, tuple(int(v) for v in line[0, 0]), max(8, width * 8), 255, -1, cv2.LINE_AA, 4)
        else:
            cv2.polylines(canvas, [line], False, 255, max(1, width), cv2.LINE_AA, 4)
    kind = rng.random()
    if kind < 0.15:  # a broad nib: thick along one direction
        kernel = np.eye(int(rng.integers(3, 8)), dtype=np.uint8)
        canvas = cv2.dilate(canvas, kernel[:, ::-1] if rng.random() < 0.5 else kernel)
    elif kind < 0.4:  # pencil and dry ballpoint: gaps in the ink
        grain = cv2.resize(rng.random((38, 38), np.float32), (CANVAS_PX, CANVAS_PX), interpolation=cv2.INTER_CUBIC)
        strength = rng.uniform(0.2, 0.8)
        canvas = (canvas * (1 - strength * np.clip(grain * 2.2 - 0.9, 0, 1))).astype(np.uint8)
    if rng.random() < 0.5:
        canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 4))
    return canvas


PHOTOGRAPHED_SHARE = 0.25


def photographed(canvas: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Every fourth time the ink as found on a photo in which a character is 8 to 22 pixels long: unsharp, grainy, its darkness guessed."""
    if rng.random() >= PHOTOGRAPHED_SHARE:
        return canvas
    size = int(round(CANVAS_PX / 68 * rng.uniform(8, 22)))
    small = cv2.resize(canvas, (size, size), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.9))
    darkest, ink = max(1, int(small.max())), rng.uniform(40, 190)
    grey = 225 - small.astype(np.float32) * (ink / darkest) + rng.normal(0, rng.uniform(0.5, 6), small.shape)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(45, 95))])[1]
        grey = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    floor, full = ink * rng.uniform(0.1, 0.25), ink * rng.uniform(0.65, 0.95)
    found = np.clip((225 - grey.astype(np.float32) - floor / 2) / (full - floor / 2), 0, 1)
    # Flecks of grain are left out with what is not joined to the character.
    near = cv2.dilate((found > 0.3).astype(np.uint8), np.ones((3, 3), np.uint8))
    _, pieces, stats, _ = cv2.connectedComponentsWithStats((found > 0.3).astype(np.uint8), connectivity=8)
    flecks = np.isin(pieces, 1 + np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] < 3))
    return (255 * found * near * ~flecks).astype(np.uint8)


def draw_all(strokes: dict[str, np.ndarray], seed: int) -> Samples:
    """Every character once, drawn by another hand with another pen."""
    rng = np.random.default_rng(seed)
    images = [normalised(photographed(drawn(bent(parts, rng), rng), rng)) for parts in unit_strokes(strokes)]
    labels = np.array([label_of(char) for char in strokes["char"]], np.int64)
    held = strokes["writer"] % HELD_WRITERS == 3
    return Samples(f"strokes {seed}", np.stack(images), labels, held, seen_by_writer(strokes), strokes["writer"] % 2)


def draw_junk(strokes: dict[str, np.ndarray], count: int, seed: int) -> Samples:
    """What may stand in a box and is no character."""
    rng = np.random.default_rng(seed)
    characters = unit_strokes(strokes)
    made = [junk_ink(characters, rng) for _ in range(count)]
    images = np.stack([normalised(photographed(ink, rng)) for ink, _ in made])
    labels = np.array([label for _, label in made], np.int64)
    return Samples(f"junk {seed}", images, labels, np.arange(count) < count // 10, np.ones(count), np.full(count, -1))


def junk_ink(characters: list[list[np.ndarray]], rng: np.random.Generator) -> tuple[np.ndarray, int]:
    def character() -> list[np.ndarray]:
        return bent(characters[int(rng.integers(len(characters)))], rng)

    kind = rng.random()
    if kind < 0.4:  # struck out: lines over a character, or a zigzag
        canvas = drawn(character(), rng)
        return np.maximum(canvas, drawn(strike(rng), rng)), STRUCK_OUT
    if kind < 0.6:  # scribble alone
        return drawn(zigzag(rng, int(rng.integers(7, 16))), rng), STRUCK_OUT
    if kind < 0.8:  # two or three characters in one box
        parts: list[np.ndarray] = []
        count = int(rng.integers(2, 4))
        for place in range(count):
            offset = np.array([(place - (count - 1) / 2) * rng.uniform(0.65, 1.0) / count * 1.6, rng.normal(0, 0.05)])
            parts += [part * np.array([1.2 / count, 1.0]) + offset for part in character()]
        return drawn([part.astype(np.float32) for part in parts], rng), OTHER
    if kind < 0.9:  # level lines: what is left of a printed box, dashes, a ruled line
        lines = []
        for _ in range(int(rng.integers(1, 4))):
            level, length = rng.uniform(-0.45, 0.45), rng.uniform(0.3, 0.5)
            lines.append(np.array([[-length, level], [length, level + rng.normal(0, 0.02)]], np.float32))
        return drawn(lines, rng), OTHER
    canvas = np.zeros((CANVAS_PX, CANVAS_PX), np.uint8)  # blots
    for _ in range(int(rng.integers(1, 5))):
        centre = tuple(int(v) for v in rng.uniform(30, 82, 2))
        axes = tuple(int(v) for v in rng.uniform(12, 28, 2))
        cv2.ellipse(canvas, centre, axes, float(rng.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
    return canvas, OTHER


def strike(rng: np.random.Generator) -> list[np.ndarray]:
    """Two to four lines across, a cross, or a zigzag over everything."""
    kind = rng.random()
    if kind < 0.45:
        return zigzag(rng, int(rng.integers(3, 10)))
    if kind < 0.65:
        reach = rng.uniform(0.45, 0.65)
        cross = np.array([[[-reach, -reach], [reach, reach]], [[-reach, reach], [reach, -reach]]]) + rng.normal(0, 0.05, (2, 2, 2))
        return [line.astype(np.float32) for line in cross]
    slope, lines = rng.normal(0, 0.5), []
    for level in np.linspace(-0.3, 0.3, int(rng.integers(2, 5))) * rng.uniform(0.4, 1.1):
        reach = rng.uniform(0.5, 0.65)
        ends = np.array([[-reach, level - slope * reach], [reach, level + slope * reach]])
        lines.append((ends + rng.normal(0, 0.04, (2, 2))).astype(np.float32))
    return lines


def zigzag(rng: np.random.Generator, turns: int) -> list[np.ndarray]:
    """A dense scribble to and fro that wanders across."""
    along = np.linspace(-0.5, 0.5, turns + 1) * rng.uniform(0.5, 1.1) + rng.normal(0, 0.04, turns + 1)
    reach = rng.uniform(0.25, 0.6)
    across = np.where(np.arange(turns + 1) % 2 == 0, -reach, reach) + rng.normal(0, 0.08, turns + 1)
    points = np.stack([along, across], 1)
    angle = rng.uniform(0, np.pi)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = points @ turn.T
    # Round turns: each corner is cut once (Chaikin 1974).
    smooth = np.empty((2 * len(points) - 2, 2))
    smooth[0::2] = 0.75 * points[:-1] + 0.25 * points[1:]
    smooth[1::2] = 0.25 * points[:-1] + 0.75 * points[1:]
    return [smooth.astype(np.float32)]
