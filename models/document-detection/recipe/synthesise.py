"""Draws scenes with and without pages, and the maps that the network shall answer with.

    python3 synthesise.py --backgrounds FOLDER [--photographs FOLDER] --out FOLDER --shards 0:24 --processes 2

A shard holds SHARD scenes: `NNNN.images.npy` uint8 [SHARD, 256, 256, 3] RGB and `NNNN.maps.npy` uint8 [SHARD, 64, 64, 3] with page,
sides, corners as 0..255. The presence of a page is whether the page map has anything. A shard's number is its seed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from pathlib import Path

import cv2
import numpy as np

import pages
from camera import light, photographed
from geometry import Bend, Placement, area, clipped_corners, placed
from network import IMAGE_SIZE, MAP_SIZE
from surfaces import CANVAS, Random, load_cut_outs, load_pictures, paste, photograph, plain, polygon_mask, table
from things import clutter, hand, pen
from without_page import without_page

SHARD = 500
CELL = CANVAS // MAP_SIZE  # canvas pixels to one of the map
SIDE_WIDTH = 1.5  # map pixels
CORNER_SIGMA = 1.2  # map pixels
PHOTO_RATIOS = (4 / 3, 3 / 4, 3 / 4, 3 / 4, 16 / 9, 9 / 16, 1.0, 1.0)
WITHOUT_PAGE = 0.22


class Materials:
    """Pictures to paint with, and a pool of faces that is renewed as scenes are made."""

    def __init__(
        self, rng: Random, tiles: list[np.ndarray], photographs: list[np.ndarray], cut_outs: list[np.ndarray]
    ) -> None:
        self.tiles, self.photographs, self.cut_outs = tiles, photographs or tiles, cut_outs
        # Pictures printed on pages may be anything.
        self.printed = self.photographs * max(1, len(tiles) // (4 * len(self.photographs))) + tiles
        self.faces = [pages.face(rng, self.printed) for _ in range(60)]

    def face(self, rng: Random) -> np.ndarray:
        index = int(rng.integers(len(self.faces)))
        if rng.random() < 0.3:
            self.faces[index] = pages.face(rng, self.printed)
        return self.faces[index]


def bend(rng: Random) -> Bend:
    kind = rng.random()
    if kind < 0.5:
        return Bend()
    size = 0.012 if kind < 0.75 else 0.035
    if kind > 0.93:
        both = rng.normal(0, 0.03)
        return Bend(both, both + rng.normal(0, 0.01), 0, 0, book=True)
    values = rng.normal(0, size, 4)
    if rng.random() < 0.6:  # curled about one axis: opposite sides alike
        values = (
            np.array([values[0], values[0] + rng.normal(0, size / 3), 0, 0])
            if rng.random() < 0.5
            else np.array([0, 0, values[2], values[2] + rng.normal(0, size / 3)])
        )
    return Bend(*np.clip(values, -0.06, 0.06))


def relief(rng: Random, uv: np.ndarray, bent: Bend) -> np.ndarray:
    """Brightness of the sheet by its shape: curl, folds, creases; [CANVAS, CANVAS]."""
    u, v = uv[..., 0], uv[..., 1]
    shade = np.ones(u.shape, np.float32)
    strength = rng.uniform(1, 6)
    if bent.top or bent.left:
        shade += strength * (bent.top * np.cos(np.pi * u * (2 if bent.book else 1)) + bent.left * np.cos(np.pi * v))
    if rng.random() < 0.22:
        for axis in ([u, v], [u], [v])[rng.integers(3)]:
            for at in ([0.5], [1 / 3, 2 / 3], [0.25, 0.5, 0.75])[rng.integers(3)]:
                shade *= 1 + rng.uniform(-0.09, 0.09) * np.sign(axis - at)
                shade *= 1 - rng.uniform(0, 0.25) * np.exp(-(((axis - at) / rng.uniform(0.003, 0.012)) ** 2))
    for _ in range(rng.integers(1, 6) if rng.random() < 0.12 else 0):
        a = rng.uniform(0, np.pi)
        d = (u - rng.random()) * np.cos(a) + (v - rng.random()) * np.sin(a)
        shade *= 1 + rng.uniform(-0.07, 0.07) * np.tanh(d / 0.02)
    return np.clip(shade, 0.3, 1.5)


def lay_page(rng: Random, picture: np.ndarray, face: np.ndarray, placement: Placement, faint: bool) -> np.ndarray:
    """The picture with the page on it; `faint` leaves hardly any shadow."""
    outline = placement.sides() * CANVAS
    cover = polygon_mask(outline)
    footprint = np.sqrt(area(outline) / (face.shape[0] * face.shape[1]))
    if footprint < 0.8:
        face = cv2.resize(face, None, fx=max(footprint, 0.05), fy=max(footprint, 0.05), interpolation=cv2.INTER_AREA)
    h, w = face.shape[:2]
    uv = placement.page_coordinates()
    looked_up = cv2.remap(
        face, uv[..., 0] * w - 0.5, uv[..., 1] * h - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    cover = cover * (looked_up[..., 3].astype(np.float32) / 255)
    paint = looked_up[..., :3].astype(np.float32) * relief(rng, uv, placement.bend)[..., None]
    if rng.random() < 0.85:
        blur = np.exp(rng.uniform(np.log(0.8), np.log(9)))
        dark = rng.uniform(0.03, 0.16) if faint else rng.uniform(0, 0.6)
        small = cv2.resize(cover, (256, 256), interpolation=cv2.INTER_AREA)
        shift = rng.normal(0, 2.2, 2)
        small = cv2.GaussianBlur(
            cv2.warpAffine(
                small, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (256, 256), borderMode=cv2.BORDER_REPLICATE
            ),
            (0, 0),
            blur,
        )
        picture = picture * (1 - dark * cv2.resize(small, (CANVAS, CANVAS))[..., None])
    return paste(picture, cover, paint, rng, shadow=False)


def beneath(rng: Random, picture: np.ndarray, top: Placement, materials: Materials) -> np.ndarray:
    """Other sheets under the one on top, or the block of pages of a book."""
    block = rng.random() < 0.35
    face = materials.face(rng)
    for k in range(int(rng.integers(1, 4))):
        if block:
            shift, quad = rng.normal(0, 0.008, 2) * (k + 1), top.quad
            quad = quad + shift
        else:
            angle, shift = rng.normal(0, 0.15), rng.normal(0, 0.09, 2)
            centre = top.quad.mean(0)
            c, s = np.cos(angle), np.sin(angle)
            quad = (top.quad - centre) @ np.array([[c, s], [-s, c]]) * rng.uniform(0.85, 1.12) + centre + shift
            face = materials.face(rng)
        picture = lay_page(rng, picture, face, Placement(quad.astype(np.float32), top.bend), rng.random() < 0.3)
    return picture


def targets(placements: list[Placement]) -> np.ndarray:
    """Maps [MAP_SIZE, MAP_SIZE, 3] uint8. Map pixel (i, j) has its centre at ((j + 0.5) / 64, (i + 0.5) / 64) of the frame."""
    page = np.zeros((CANVAS, CANVAS), np.float32)
    sides = np.zeros((CANVAS, CANVAS), np.uint8)
    corners = np.zeros((MAP_SIZE, MAP_SIZE), np.float32)
    centres = (np.arange(MAP_SIZE, dtype=np.float32) + 0.5) / MAP_SIZE
    for placement in placements:
        outline = placement.sides()
        page = np.maximum(page, polygon_mask(outline * CANVAS))
        drawn = np.rint((np.clip(outline, -3, 4) * CANVAS - 0.5) * 16).astype(np.int32)
        cv2.polylines(sides, [drawn], True, 255, int(SIDE_WIDTH * CELL), cv2.LINE_AA, 4)
        for x, y in clipped_corners(placement):
            spread = 2 * (CORNER_SIGMA / MAP_SIZE) ** 2
            corners = np.maximum(
                corners, np.exp(-((centres[None, :] - x) ** 2) / spread - (centres[:, None] - y) ** 2 / spread)
            )
    small = (MAP_SIZE, MAP_SIZE)
    maps = [
        cv2.resize(page, small, interpolation=cv2.INTER_AREA) * 255,
        cv2.resize(sides, small, interpolation=cv2.INTER_AREA),
        corners * 255,
    ]
    return np.rint(np.stack(maps, -1)).astype(np.uint8)


def finished(rng: Random, picture: np.ndarray) -> np.ndarray:
    small = cv2.resize(light(rng, picture).astype(np.float32), (IMAGE_SIZE, IMAGE_SIZE), interpolation=cv2.INTER_AREA)
    return photographed(rng, small)


def with_page(rng: Random, materials: Materials) -> tuple[np.ndarray, np.ndarray]:
    photo_ratio = PHOTO_RATIOS[rng.integers(len(PHOTO_RATIOS))]
    face = materials.face(rng)
    ratio = face.shape[1] / face.shape[0]
    side_by_side = rng.random() < 0.08
    for _ in range(20):
        quad = placed(rng, ratio, photo_ratio)
        if side_by_side:
            quad = (quad - quad.mean(0)) * 0.55 + (0.27, rng.uniform(0.35, 0.65))
        placement = Placement(quad.astype(np.float32), bend(rng))
        visible = polygon_mask(placement.sides() * CANVAS).mean()
        if visible > 0.04:
            break
    if rng.random() < 0.012:  # so near that no side is visible: all page, corners at the frame's
        placement = Placement(
            (np.array([[-1, -1], [2, -1], [2, 2], [-1, 2]]) * rng.uniform(0.25, 0.6) + 0.3).astype(np.float32), Bend()
        )
    placements = [placement]
    faint = rng.random() < 0.17
    if faint:  # white on white, or any colour on its own
        paper = np.median(face[..., :3].reshape(-1, 3), 0) * rng.uniform(0.86, 1.08) + rng.normal(0, 3, 3)
        picture = np.ones((CANVAS, CANVAS, 3), np.float32) * paper.astype(np.float32)
        grain = plain(rng) if rng.random() < 0.4 else table(rng, materials.tiles)
        picture *= 1 + rng.uniform(0, 0.3) * (grain / max(float(grain.mean()), 1) - 1)
    else:
        picture = table(rng, materials.tiles) if rng.random() < 0.94 else photograph(rng, materials.photographs)
    if rng.random() < 0.45:
        picture = clutter(rng, picture, int(rng.integers(1, 6)), materials.cut_outs)
    if side_by_side:
        other = materials.face(rng) if rng.random() < 0.5 else face
        moved = placed(rng, other.shape[1] / other.shape[0], photo_ratio)
        second = Placement(
            ((moved - moved.mean(0)) * 0.5 + (0.74, rng.uniform(0.35, 0.65))).astype(np.float32), bend(rng)
        )
        apart = polygon_mask(placement.sides() * CANVAS, 2) * polygon_mask(second.sides() * CANVAS, 2)
        if apart.max() < 0.05 and polygon_mask(second.sides() * CANVAS).mean() > 0.03:
            picture = lay_page(rng, picture, other, second, faint)
            placements.append(second)
    elif rng.random() < 0.17:
        picture = beneath(rng, picture, placement, materials)
    picture = lay_page(rng, picture, face, placement, faint)
    maps = targets(placements)
    if rng.random() < 0.1:  # a pen on the page
        picture = pen(rng, picture, placement.quad.mean(0) * CANVAS + rng.normal(0, 60, 2))
    for _ in range(rng.choice([1, 1, 2]) if rng.random() < 0.24 else 0):
        outline = placement.sides() * CANVAS
        edge = outline[rng.integers(len(outline))] if rng.random() < 0.7 else placement.quad[rng.integers(4)] * CANVAS
        inward = outline.mean(0) - edge + rng.normal(0, 40, 2)
        if np.all((edge > -20) & (edge < CANVAS + 20)):
            picture = hand(rng, picture, edge, inward / max(float(np.linalg.norm(inward)), 1e-3))
    return finished(rng, picture), maps


def scene(rng: Random, materials: Materials) -> tuple[np.ndarray, np.ndarray]:
    """A picture uint8 [256, 256, 3] and its maps uint8 [64, 64, 3]."""
    if rng.random() < WITHOUT_PAGE:
        return finished(rng, without_page(rng, materials.tiles, materials.photographs, materials.cut_outs)), np.zeros(
            (MAP_SIZE, MAP_SIZE, 3), np.uint8
        )
    return with_page(rng, materials)


def make_shard(
    number: int, out: Path, tiles: list[np.ndarray], photographs: list[np.ndarray], cut_outs: list[np.ndarray]
) -> None:
    if (out / f"{number:04d}.maps.npy").exists():
        return
    rng = np.random.default_rng(number)
    materials = Materials(rng, tiles, photographs, cut_outs)
    images = np.empty((SHARD, IMAGE_SIZE, IMAGE_SIZE, 3), np.uint8)
    maps = np.empty((SHARD, MAP_SIZE, MAP_SIZE, 3), np.uint8)
    for i in range(SHARD):
        images[i], maps[i] = scene(rng, materials)
    for name, array in (("images", images), ("maps", maps)):  # maps last, whole: a reader never sees half a shard
        part = out / f"{number:04d}.{name}.part.npy"
        np.save(part, array)
        os.replace(part, out / f"{number:04d}.{name}.npy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backgrounds", type=Path, required=True, help="folder of pictures of surfaces")
    parser.add_argument(
        "--photographs", type=Path, help="folder of photographs without documents, for pictures without a page"
    )
    parser.add_argument("--cut-outs", type=Path, help="folder of PNG pictures with alpha: things that lie about")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--shards", default="0:24", help="first:last (exclusive); numbers from 9000 are kept for validation"
    )
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    tiles = load_pictures(arguments.backgrounds)
    photographs = load_pictures(arguments.photographs) if arguments.photographs else []
    cut_outs = load_cut_outs(arguments.cut_outs) if arguments.cut_outs else []
    first, last = (int(part) for part in arguments.shards.split(":"))
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        jobs = [
            pool.apply_async(make_shard, (number, arguments.out, tiles, photographs, cut_outs))
            for number in range(first, last)
        ]
        for done, job in enumerate(jobs, 1):
            job.get()
            print(f"{done}/{len(jobs)} shards", flush=True)


if __name__ == "__main__":
    main()
