"""Flat faces of pages: what is printed, written or glued on a sheet, seen straight from above.

A face is an RGBA picture, uint8 [height, width, 4], long side about 640 px; alpha is 0 where the sheet is missing
(rounded or torn corners, punched holes). All sizes are pixels of the face.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from lettering import Colour, Random, any_font, handwriting, ink, paper_colour, picture, text_block, words


Canvas = tuple[Image.Image, ImageDraw.ImageDraw, int, int]


def sheet(rng: Random, width: int, height: int, colour: Colour | None = None) -> Canvas:
    image = Image.new("RGB", (width, height), colour or paper_colour(rng))
    return image, ImageDraw.Draw(image), width, height


def office_size(rng: Random) -> tuple[int, int]:
    """A4, Letter, legal or A5-like, upright four times in five."""
    ratio = rng.choice([1.414, 1.294, 1.65, 1.5, 1.25])
    size = (int(640 / ratio), 640)
    return size if rng.random() < 0.8 else size[::-1]


def printed(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    image, draw, w, h = sheet(rng, *office_size(rng))
    margin, colour = w * rng.uniform(0.04, 0.14), ink(rng)
    y = margin
    if rng.random() < 0.6:
        size = rng.uniform(14, 34)
        draw.text((margin, y), words(rng, rng.integers(1, 4)), font=any_font(rng, size), fill=ink(rng))
        y += size * 1.8
    columns = rng.choice([1, 1, 1, 2, 2, 3])
    step = (w - 2 * margin) / columns
    size, foot = rng.uniform(6, 14), h - margin * rng.uniform(0.6, 1.5) - (
        h * rng.uniform(0, 0.6) if rng.random() < 0.3 else 0
    )
    for column in range(columns):
        left, top = margin + column * step, y
        if rng.random() < 0.35:
            tall = int(rng.uniform(40, 200))
            image.paste(picture(rng, int(step * 0.94), tall, photographs), (int(left), int(top)))
            top += tall + 8
        text_block(draw, rng, (left, top, left + step * 0.94, foot), size, colour)
    return image


def form(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    """Worksheets, forms and tables: labels, lines to write on, boxes, a grid."""
    image, draw, w, h = sheet(rng, *office_size(rng))
    margin, colour, line = w * rng.uniform(0.05, 0.1), ink(rng), int(rng.integers(1, 3))
    y = margin
    while y < h - margin - 30:
        kind, size = rng.random(), rng.uniform(7, 15)
        if kind < 0.35:
            draw.text((margin, y), words(rng, rng.integers(1, 5)), font=any_font(rng, size), fill=colour)
            draw.line((w * rng.uniform(0.3, 0.5), y + size, w - margin, y + size), fill=colour, width=line)
            if rng.random() < 0.4:
                handwriting(draw, rng, (w * 0.45, y - size, w - margin, y + size), size * 1.5, (20, 30, 140))
            y += size * rng.uniform(1.6, 3)
        elif kind < 0.6:
            tall = min(rng.uniform(30, 200), h - margin - y)
            rows, columns = rng.integers(1, 8), rng.integers(1, 7)
            for row in range(rows + 1):
                draw.line((margin, y + tall * row / rows, w - margin, y + tall * row / rows), fill=colour, width=line)
            for column in range(columns + 1):
                x = margin + (w - 2 * margin) * column / columns
                draw.line((x, y, x, y + tall), fill=colour, width=line)
            y += tall + rng.uniform(8, 25)
        elif kind < 0.7:
            shade = tuple(int(v) for v in rng.uniform(120, 235, 3))
            draw.rectangle((margin, y, w - margin, y + size * 2), fill=shade)
            draw.text((margin + 5, y + size * 0.4), words(rng, 3), font=any_font(rng, size), fill=colour)
            y += size * 2.8
        else:
            tall = min(rng.uniform(20, 90), h - margin - y)
            text_block(draw, rng, (margin, y, w - margin, y + tall), size, colour)
            y += tall + 8
    return image


def notebook(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    image, draw, w, h = sheet(rng, *office_size(rng))
    step, rule = rng.uniform(11, 28), tuple(int(v) for v in rng.uniform(120, 220, 3))
    if rng.random() < 0.9:
        for y in np.arange(step * rng.uniform(1, 3), h, step):
            draw.line((0, y, w, y), fill=rule, width=1)
        if rng.random() < 0.45:
            for x in np.arange(step / 2, w, step):
                draw.line((x, 0, x, h), fill=rule, width=1)
        elif rng.random() < 0.6:
            x = w * rng.uniform(0.08, 0.2)
            draw.line((x, 0, x, h), fill=(220, 90, 100), width=int(rng.integers(1, 3)))
    colour = ((25, 35, 130), (30, 30, 30), (60, 60, 70), (150, 30, 40))[rng.integers(4)]
    box = (w * rng.uniform(0.04, 0.2), rng.uniform(5, 60), w * 0.96, h * rng.uniform(0.3, 1))
    if rng.random() < 0.3:
        text_block(draw, rng, box, rng.uniform(14, 26), colour, hand=True)
    elif rng.random() < 0.92:
        handwriting(draw, rng, box, step * rng.choice([1, 1, 2]), colour)
    return image


def receipt(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    ratio = rng.uniform(1.6, 4.6)
    image, draw, w, h = sheet(
        rng, int(640 / ratio), 640, (int(rng.uniform(225, 255)),) * 3 if rng.random() < 0.8 else None
    )
    size, colour = max(5.0, w / rng.uniform(16, 28)), (int(rng.uniform(20, 130)),) * 3
    face, y = any_font(rng, size), size * 2.0
    draw.text((w * 0.2, y), words(rng, 2), font=any_font(rng, size * 1.7), fill=colour)
    y += size * 3
    while y < h - size * rng.uniform(2, 5):
        draw.text((w * 0.06, y), words(rng, rng.integers(1, 4))[:18], font=face, fill=colour)
        if rng.random() < 0.7:
            draw.text((w * 0.76, y), f"{rng.uniform(1, 999):.2f}", font=face, fill=colour)
        y += size * (1.25 if rng.random() < 0.9 else 2.6)
        if rng.random() < 0.06:
            draw.line((w * 0.05, y, w * 0.95, y), fill=colour, width=1)
            y += size * 0.6
    return image


def card(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    """Identity, bank and business cards; index cards and banknotes."""
    w, h = 560, int(560 / rng.choice([1.586, 1.75, 1.4, 1.5, 2.3]))
    base = paper_colour(rng) if rng.random() < 0.6 else tuple(int(v) for v in rng.uniform(10, 220, 3))
    image, draw, w, h = sheet(rng, w, h, base)
    light = sum(base) > 380
    colour = ink(rng) if light else tuple(int(v) for v in rng.uniform(190, 255, 3))
    if rng.random() < 0.35:
        band = tuple(int(v) for v in rng.uniform(20, 240, 3))
        draw.rectangle((0, 0, w, h * rng.uniform(0.1, 0.35)), fill=band)
    if rng.random() < 0.25:
        image.paste(picture(rng, w, h, photographs).point(lambda v: v // 3 + (150 if light else 20)), (0, 0))
    if rng.random() < 0.45:
        pw, ph = int(w * rng.uniform(0.15, 0.3)), int(h * rng.uniform(0.35, 0.65))
        image.paste(picture(rng, pw, ph, photographs), (int(w * rng.choice([0.05, 0.65])), int(h * 0.25)))
    for _ in range(rng.integers(1, 5)):
        x, y, size = rng.uniform(0.05, 0.5) * w, rng.uniform(0.05, 0.75) * h, rng.uniform(9, 34)
        text_block(
            draw,
            rng,
            (x, y, min(w * 0.97, x + w * rng.uniform(0.3, 0.7)), y + size * rng.uniform(1.2, 5)),
            size,
            colour,
        )
    return image


def spread(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    """Two pages of an open book or notebook with the shade of the gutter."""
    make = (printed, notebook, printed, form)[rng.integers(4)]
    sides = [make(rng, photographs).resize((320, 440)) for _ in range(2)]
    image = Image.new("RGB", (640, 440))
    image.paste(sides[0], (0, 0))
    image.paste(sides[1] if rng.random() < 0.6 else Image.blend(sides[0], sides[1], 0.3), (320, 0))
    x = np.abs(np.arange(640) - 320 + rng.normal(0, 1))
    shade = 1 - rng.uniform(0.1, 0.6) * np.exp(-x / rng.uniform(5, 45))
    return Image.fromarray((np.asarray(image) * shade[None, :, None]).astype(np.uint8))


def answer_sheet(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    image, draw, w, h = sheet(rng, *office_size(rng))
    colour, radius, margin = ink(rng), rng.uniform(3, 7), w * 0.07
    top = h * rng.uniform(0.08, 0.3)
    text_block(draw, rng, (margin, margin * 0.6, w - margin, top), rng.uniform(9, 16), colour)
    if rng.random() < 0.5:
        s = rng.uniform(8, 22)
        for x, y in (
            (margin / 2, margin / 2),
            (w - margin, margin / 2),
            (margin / 2, h - margin),
            (w - margin, h - margin),
        ):
            draw.rectangle((x, y, x + s, y + s), fill=(20, 20, 20))
    columns = int(rng.integers(1, 5))
    for column in range(columns):
        left = margin + column * (w - 2 * margin) / columns
        for y in np.arange(top + 10, h - margin, radius * rng.uniform(2.6, 4)):
            chosen = rng.integers(0, 5)
            for k in range(min(5, int((w - 2 * margin) / columns / (radius * 3)))):
                x = left + radius * 3 * k
                draw.ellipse(
                    (x, y, x + 2 * radius, y + 2 * radius), outline=colour, fill=(30, 30, 40) if k == chosen else None
                )
    return image


def newspaper(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    grey = int(rng.uniform(190, 235))
    image, draw, w, h = sheet(rng, *office_size(rng), colour=(grey, grey, int(grey * rng.uniform(0.9, 1))))
    colour = (int(rng.uniform(10, 60)),) * 3
    draw.text((w * 0.1, 12), words(rng, 2), font=any_font(rng, rng.uniform(28, 60)), fill=colour)
    columns = int(rng.integers(2, 6))
    step, y = w * 0.94 / columns, rng.uniform(60, 110)
    for column in range(columns):
        left, top = w * 0.03 + column * step, y
        while top < h - 30:
            if rng.random() < 0.3:
                tall = int(min(rng.uniform(50, 180), h - 20 - top))
                image.paste(picture(rng, int(step * 0.95), tall, photographs), (int(left), int(top)))
            else:
                tall = min(rng.uniform(60, 300), h - 20 - top)
                text_block(draw, rng, (left, top, left + step * 0.93, top + tall), rng.uniform(6, 9), colour)
            top += tall + 10
    return image


def certificate(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    """Borders inside the sheet: sides that are not the page's."""
    image, draw, w, h = sheet(rng, *office_size(rng))
    inset = rng.uniform(8, 60)
    for _ in range(rng.integers(1, 4)):
        draw.rectangle(
            (inset, inset, w - inset, h - inset),
            outline=tuple(int(v) for v in rng.uniform(0, 220, 3)),
            width=int(rng.integers(1, 16)),
            fill=paper_colour(rng) if rng.random() < 0.4 else None,
        )
        inset += rng.uniform(6, 30)
    for _ in range(rng.integers(1, 5)):
        size = rng.uniform(12, 44)
        draw.text(
            (w * rng.uniform(0.2, 0.35), h * rng.uniform(0.2, 0.75)),
            words(rng, 3),
            font=any_font(rng, size, rng.random() < 0.3),
            fill=ink(rng),
        )
    return image


def cover(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    base = rng.uniform(10, 150, 3) if rng.random() < 0.7 else rng.uniform(60, 255, 3)
    image, draw, w, h = sheet(rng, *office_size(rng), colour=tuple(int(v) for v in base))
    if rng.random() < 0.4:
        image.paste(picture(rng, w, h, photographs), (0, 0))
    if rng.random() < 0.5:
        draw.rectangle(
            (w * 0.15, h * 0.15, w * 0.85, h * rng.uniform(0.3, 0.5)),
            fill=tuple(int(v) for v in rng.uniform(0, 255, 3)),
        )
    colour = tuple(int(v) for v in rng.uniform(170, 255, 3)) if rng.random() < 0.7 else ink(rng)
    for _ in range(rng.integers(1, 5)):
        draw.text(
            (w * rng.uniform(0.08, 0.3), h * rng.uniform(0.08, 0.85)),
            words(rng, 2),
            font=any_font(rng, rng.uniform(18, 70)),
            fill=colour,
        )
    return image


def flyer(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    """Large panels of colour: edges that are not the page's."""
    image, draw, w, h = sheet(rng, *office_size(rng))
    for _ in range(rng.integers(1, 6)):
        x, y = rng.uniform(-0.05, 0.7) * w, rng.uniform(-0.05, 0.7) * h
        box = (x, y, x + w * rng.uniform(0.25, 1.1), y + h * rng.uniform(0.1, 0.7))
        if rng.random() < 0.3:
            image.paste(
                picture(rng, int(box[2] - box[0]), int(box[3] - box[1]), photographs), (int(box[0]), int(box[1]))
            )
        else:
            draw.rectangle(box, fill=tuple(int(v) for v in rng.uniform(0, 255, 3)))
    for _ in range(rng.integers(2, 8)):
        size, x, y = rng.uniform(9, 60), rng.uniform(0.03, 0.6) * w, rng.uniform(0.03, 0.85) * h
        text_block(
            draw,
            rng,
            (x, y, w * 0.97, y + size * rng.uniform(1.2, 4)),
            size,
            tuple(int(v) for v in rng.uniform(0, 255, 3)),
        )
    return image


def blank(rng: Random, photographs: list[np.ndarray]) -> Image.Image:
    image, draw, w, h = sheet(rng, *office_size(rng))
    if rng.random() < 0.6:
        text_block(draw, rng, (w * 0.1, h * rng.uniform(0.1, 0.7), w * 0.9, h * 0.9), rng.uniform(8, 14), ink(rng))
    return image


KINDS = (
    (printed, 24),
    (form, 14),
    (notebook, 16),
    (receipt, 11),
    (card, 10),
    (spread, 7),
    (answer_sheet, 6),
    (newspaper, 4),
    (certificate, 5),
    (cover, 4),
    (flyer, 5),
    (blank, 5),
)


def cut_out(rng: Random, kind: object, rgb: np.ndarray) -> np.ndarray:
    """Alpha of the face: rounded, folded over or torn corners, holes of a spiral."""
    h, w = rgb.shape[:2]
    alpha = np.full((h, w), 255, np.uint8)
    if kind is card and rng.random() < 0.75 or rng.random() < 0.06:
        r = int(min(h, w) * rng.uniform(0.02, 0.09))
        alpha[:] = 0
        cv2.rectangle(alpha, (r, 0), (w - r, h), 255, -1)
        cv2.rectangle(alpha, (0, r), (w, h - r), 255, -1)
        for x, y in ((r, r), (w - r - 1, r), (r, h - r - 1), (w - r - 1, h - r - 1)):
            cv2.circle(alpha, (x, y), r, 255, -1)
    if rng.random() < 0.09:
        a, b = rng.uniform(0.03, 0.16, 2) * min(h, w)
        cx, cy = rng.choice([0, w]), rng.choice([0, h])
        tip = np.array([[cx, cy], [cx + (a if cx == 0 else -a), cy], [cx, cy + (b if cy == 0 else -b)]], np.int32)
        inner = tip.copy()
        inner[0] = tip[1] + tip[2] - tip[0]
        if rng.random() < 0.7:  # folded over: its back lies on the page
            cv2.fillPoly(rgb, [inner], tuple(int(v) for v in rng.uniform(160, 240) * np.ones(3)), cv2.LINE_AA)
        cv2.fillPoly(alpha, [tip], 0, cv2.LINE_AA)
    if kind is notebook and rng.random() < 0.3:
        step, r, dark = rng.uniform(14, 26), rng.uniform(3, 6), tuple(int(v) for v in rng.uniform(10, 90, 3))
        along_top = rng.random() < 0.5
        for t in np.arange(step, (w if along_top else h) - step / 2, step):
            centre = (int(t), 10) if along_top else (10, int(t))
            cv2.circle(rgb, centre, int(r), dark, -1, cv2.LINE_AA)
            cv2.line(rgb, centre, (centre[0], 0) if along_top else (0, centre[1]), (150, 150, 155), 2)
    if rng.random() < 0.05:
        cv2.line(rgb, (int(w * 0.05), int(h * 0.04)), (int(w * 0.1), int(h * 0.03)), (120, 120, 125), 2)  # staple
    return np.dstack([rgb, alpha])


def face(rng: Random, photographs: list[np.ndarray]) -> np.ndarray:
    """One face of a page, RGBA uint8."""
    weights = np.array([weight for _, weight in KINDS], float)
    kind = KINDS[rng.choice(len(KINDS), p=weights / weights.sum())][0]
    rgb = np.array(kind(rng, photographs))
    if rng.random() < 0.15:  # stains and unevenness of the paper
        spots = cv2.resize(
            rng.normal(0, 1, (6, 6)).astype(np.float32), (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_CUBIC
        )
        rgb = np.clip(rgb * (1 - 0.06 * np.clip(spots, 0, 2))[..., None], 0, 255).astype(np.uint8)
    return cut_out(rng, kind, rgb)
