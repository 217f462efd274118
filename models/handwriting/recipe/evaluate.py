"""Calibrates a checkpoint on the writers that were held back, and measures it as the page reads: 8-bit weights, a second look at what
is doubtful, what is taken for struck out counted as wrong.

    python3 evaluate.py checkpoint.pt DATA --work FOLDER [--tests]

Prints the temperature that `export.py` folds in; of each set how much is right, the largest share that can be accepted with 0.5 % of it
wrong, and what several thresholds accept. The test sets are read with `--tests` only: at the end, and to choose nothing.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from export import quantised_copy
from measures import DIGITS, DOUBTING_SMALL_PRIOR, LETTERS, accepted_at, in_field, merged, merged_labels, read_field
from network import STRUCK_OUT, CharacterReader
from samples import normalised, read_idx
from train import as_tensor, gather, logits_of

TESTS = {
    "mnist-test": DIGITS,
    "unipen-digits-test": DIGITS,
    "unipen-capitals-test": LETTERS,
    "emnist-six-letters-test": "ABCDE",
}
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
# As `worker/handwriting`: what is less likely at first sight is looked at from all sides; what is as likely struck out is no character.
PLAIN_CHANCE, STRUCK_OUT_CHANCE = 0.95, 0.8
VARIATIONS = ((0.15, 1.0), (-0.15, 1.0), (0.0, 0.9), (0.0, 1.1))  # slant, size


@dataclass
class Looks:
    """Logits of characters as they are, and the mean of these and of those of their variations."""

    plain: Tensor
    mean: Tensor

    def read(self, rows: np.ndarray, truth: np.ndarray, alphabet: str, temperature: float) -> tuple[np.ndarray, np.ndarray]:
        """As `read_field`, for some of the characters, as the app reads them."""
        plain, mean = ((logits[rows] / temperature).softmax(1).numpy() for logits in (self.plain, self.mean))
        sure = read_field(plain, truth, alphabet)[1] >= PLAIN_CHANCE
        chances = np.where(sure[:, None], plain, mean)
        right, probability = read_field(chances, truth, alphabet)
        struck_out = merged(chances, DOUBTING_SMALL_PRIOR)[:, STRUCK_OUT - 26] > STRUCK_OUT_CHANCE
        return right & ~struck_out, np.where(struck_out, 0, probability)


def looked_at(network: CharacterReader, images: np.ndarray) -> Looks:
    plain = logits_of(network, images)
    total = plain.clone()
    for slant, size in VARIATIONS:
        turn = torch.tensor([[1 / size, slant, 0], [0, 1 / size, 0]])
        for at in range(0, len(images), 500):
            ink = as_tensor(images[at : at + 500])
            grid = F.affine_grid(turn.expand(len(ink), 2, 3), list(ink.shape), align_corners=False)
            with torch.no_grad():
                total[at : at + 500] += network(F.grid_sample(ink, grid, align_corners=False))
    return Looks(plain, total / (1 + len(VARIATIONS)))


def calibrated(logits: Tensor, labels: np.ndarray) -> float:
    """The temperature with the least cross-entropy (Guo et al. 2017), the field's alphabet being unknown."""
    truth = torch.from_numpy(labels)
    known = truth >= 0
    losses = {t: float(F.cross_entropy(logits[known] / t, truth[known])) for t in np.arange(0.5, 2.01, 0.02)}
    return min(losses, key=losses.get)


def line(name: str, right: np.ndarray, probability: np.ndarray) -> str:
    share, at = accepted_at(right, probability)
    taken = [probability >= threshold for threshold in THRESHOLDS]
    by = " ".join(f"{t}: {100 * rows.mean():.1f}/{100 * (~right[rows]).mean():.2f}" for t, rows in zip(THRESHOLDS, taken))
    return f"{name:32} {len(right):6} right {100 * right.mean():6.2f}  at 0.5 % {100 * share:6.2f} from {at:.3f}  {by}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--drawings", type=int, default=1)
    parser.add_argument("--tests", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = CharacterReader()
    network.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["average"])
    page = quantised_copy(network)
    held = [
        (part.name, part.labels[part.held], looked_at(page, part.images[part.held]))
        for part in gather(arguments.data, arguments.work, arguments.drawings)
    ]
    real = [(labels, looks.plain) for name, labels, looks in held if not name.startswith("strokes")]
    temperature = calibrated(torch.cat([plain for _, plain in real]), np.concatenate([labels for labels, _ in real]))
    print(f"temperature {temperature:.2f}")
    together: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {"digits": [], "letters": []}
    for name, labels, looks in held:
        truth = merged_labels(labels)
        for kind, rows, alphabet in (
            ("digits", truth < 10, DIGITS),
            ("letters", (truth >= 10) & (truth < 36), LETTERS),
            ("A to E", (truth >= 10) & (truth < 15), "ABCDE"),
        ):
            if not rows.any():
                continue
            reading = looks.read(rows, truth[rows], alphabet, temperature)
            print(line(f"{name} {kind}", *reading))
            if kind in together and not name.startswith("strokes") and "lower" not in name:
                together[kind].append(reading)
        if name == "junk":
            print_junk(labels, (looks.plain / temperature).softmax(1).numpy())
    for kind, readings in together.items():
        print(line(f"{kind} together", *(np.concatenate(column) for column in zip(*readings))))
    if not arguments.tests:
        return
    for name, alphabet in TESTS.items():
        images, labels = read_idx(arguments.data / name)
        rows = np.isin(labels, [(DIGITS + LETTERS).index(c) for c in alphabet])
        looks = looked_at(page, np.stack([normalised(image) for image in images[rows]]))
        every = np.ones(len(looks.plain), bool)
        print(line(name, *looks.read(every, labels[rows].astype(np.int64), alphabet, temperature)))


def print_junk(labels: np.ndarray, chances: np.ndarray) -> None:
    struck = chances[:, STRUCK_OUT] > STRUCK_OUT_CHANCE
    of = labels == STRUCK_OUT
    print(f"struck out: known as such {100 * struck[of].mean():.1f}, other junk {100 * struck[~of].mean():.1f}")
    for alphabet in (DIGITS, LETTERS, "ABCDE"):
        best = in_field(chances, alphabet).max(1)
        print(f"junk accepted in {alphabet}:", ", ".join(f"{t}: {100 * (best >= t).mean():.2f}" for t in THRESHOLDS))


if __name__ == "__main__":
    main()
