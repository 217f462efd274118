"""Words, strokes, inks, papers and printed pictures for the faces of pages."""

from __future__ import annotations

import glob
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Random = np.random.Generator
Colour = tuple[int, int, int]

FONT_PATTERNS = (
    "dejavu/DejaVuS*",
    "liberation*/Liberation*",
    "freefont/Free*",
    "noto/NotoSans-*",
    "noto/NotoSerif-*",
    "noto/NotoSansDisplay-*",
)
HAND_PATTERNS = ("*/ComicNeue-*", "*/DancingScript*")
SYLLABLES = "ka la ma ta ga ba na pa sa ha the of in ing er re ti con pro de al an ay ng mga si le ri to u o i e ver ex qu st".split()


@lru_cache(maxsize=None)
def fonts(hand: bool) -> tuple[str, ...]:
    """Font files; any one set will do, Debian's fonts-dejavu-core is enough."""
    roots = ("/usr/share/fonts/truetype/", "/usr/share/fonts/opentype/")
    found = [
        f
        for p in (HAND_PATTERNS if hand else FONT_PATTERNS)
        for r in roots
        for e in ("ttf", "otf")
        for f in glob.glob(f"{r}{p}.{e}")
    ]
    return tuple(sorted(found)) or fonts(False)


@lru_cache(maxsize=400)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def any_font(rng: Random, size: float, hand: bool = False) -> ImageFont.FreeTypeFont:
    files = fonts(hand)
    return font(files[rng.integers(len(files))], max(5, int(size)))


def words(rng: Random, count: int) -> str:
    def word() -> str:
        if rng.random() < 0.08:
            return str(rng.integers(0, 9999))
        made = "".join(rng.choice(SYLLABLES, rng.integers(1, 4)))
        return made.capitalize() if rng.random() < 0.12 else made

    return " ".join(word() for _ in range(count))


def paper_colour(rng: Random) -> Colour:
    """White most of the time; cream, pastel, kraft or saturated now and then."""
    kind = rng.random()
    if kind < 0.62:
        level = rng.uniform(228, 255)
        return tuple(int(np.clip(level + rng.normal(0, 3), 0, 255)) for _ in range(3))
    if kind < 0.76:
        return int(rng.uniform(235, 255)), int(rng.uniform(225, 245)), int(rng.uniform(185, 225))
    if kind < 0.92:
        return tuple(int(v) for v in rng.uniform(165, 255, 3))
    if kind < 0.96:
        return int(rng.uniform(170, 215)), int(rng.uniform(140, 180)), int(rng.uniform(95, 140))
    return tuple(int(v) for v in rng.uniform(60, 255, 3))


def ink(rng: Random) -> Colour:
    kind = rng.random()
    if kind < 0.7:
        return (int(rng.uniform(0, 80)),) * 3
    return tuple(int(v) for v in rng.uniform(0, 150, 3))


def text_block(
    draw: ImageDraw.ImageDraw,
    rng: Random,
    box: tuple[float, float, float, float],
    size: float,
    colour: Colour,
    hand: bool = False,
) -> None:
    """Fills `box` (left, top, right, bottom) with lines of words, the last of each paragraph short."""
    left, top, right, bottom = box
    face = any_font(rng, size, hand)
    step = size * rng.uniform(1.15, 1.8)
    per_line = max(1, int((right - left) / (size * 2.9)))
    y, paragraph = top, rng.integers(3, 12)
    while y + size < bottom:
        paragraph -= 1
        count = per_line
        if paragraph == 0:
            count, paragraph = max(1, int(per_line * rng.random())), rng.integers(3, 12)
        draw.text((left, y), words(rng, count), font=face, fill=colour)
        y += step * (1.6 if count < per_line else 1)


def handwriting(
    draw: ImageDraw.ImageDraw, rng: Random, box: tuple[float, float, float, float], step: float, colour: Colour
) -> None:
    """Wavy strokes along lines `step` apart."""
    left, top, right, bottom = box
    width, y = int(rng.integers(1, 3)), top + step
    while y < bottom:
        x = left + rng.uniform(0, 20)
        end = left + (right - left) * rng.uniform(0.4, 1)
        while x < end:
            run = rng.uniform(15, 70)
            xs = x + np.cumsum(rng.uniform(0.5, 4, int(run / 2.2)))
            ys = y - np.abs(rng.normal(0, step * 0.28, len(xs)))
            draw.line([*zip(xs.tolist(), ys.tolist())], fill=colour, width=width)
            x = xs[-1] + rng.uniform(5, 14)
        y += step


def picture(rng: Random, width: int, height: int, photographs: list[np.ndarray]) -> Image.Image:
    """A crop of a photograph, stretched to the size asked for."""
    source = photographs[rng.integers(len(photographs))]
    h, w = source.shape[:2]
    ch, cw = max(8, int(h * rng.uniform(0.3, 1))), max(8, int(w * rng.uniform(0.3, 1)))
    y, x = rng.integers(h - ch + 1), rng.integers(w - cw + 1)
    return Image.fromarray(
        cv2.resize(source[y : y + ch, x : x + cw], (max(2, width), max(2, height)), interpolation=cv2.INTER_AREA)
    )
