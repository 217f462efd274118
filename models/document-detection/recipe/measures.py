"""How well maps fit the truth."""

from __future__ import annotations

import numpy as np
from torch import Tensor
from torch.nn import functional as F

CORNER_TOLERANCE = 2.0  # map pixels
CORNER_LEVEL = 0.3  # a peak below it is no corner
PRESENCE_LEVEL = 0.5


def soft_overlap(page: Tensor, truth: Tensor) -> Tensor:
    """Soft intersection over union of each picture, [N]; both [N, height, width] in 0..1."""
    both = (page * truth).sum((1, 2))
    return both / (page.sum((1, 2)) + truth.sum((1, 2)) - both + 1e-6)


def peaks(corners: Tensor, level: float = CORNER_LEVEL) -> list[np.ndarray]:
    """Local maxima above `level` of each corner map [N, height, width], as [n, 2] (x, y) of map pixels."""
    highest = F.max_pool2d(corners[:, None], 3, stride=1, padding=1)[:, 0]
    found = (corners == highest) & (corners >= level)
    return [np.argwhere(picture.numpy())[:, ::-1].astype(float) for picture in found]


def corners_found(predicted: np.ndarray, truth: np.ndarray) -> int:
    """How many true corners have a predicted one within the tolerance."""
    if not len(predicted) or not len(truth):
        return 0
    distances = np.linalg.norm(truth[:, None] - predicted[None], axis=-1)
    return int((distances.min(1) <= CORNER_TOLERANCE).sum())
