"""Calibrates a checkpoint on the writers that were held back, and measures the network as the page runs it.

    python3 evaluate.py checkpoint.pt DATA --work FOLDER [--tests]

Prints the temperature that `export.py` folds in, the shares accepted with 0.5 % of errors, and the threshold for that. The test sets are
read with `--tests` only: at the end, and to choose nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from export import quantised_copy
from measures import DIGITS, LETTERS, accepted_at, in_field, merged_labels, read_field
from network import STRUCK_OUT, CharacterReader
from samples import normalised, read_idx
from train import gather, logits_of

TESTS = {
    "mnist-test": DIGITS,
    "unipen-digits-test": DIGITS,
    "unipen-capitals-test": LETTERS,
    "emnist-six-letters-test": "ABCDE",
}


def calibrated(logits: Tensor, labels: np.ndarray) -> float:
    """The temperature with the least cross-entropy (Guo et al. 2017), the field's alphabet being unknown."""
    truth = torch.from_numpy(labels)
    known = truth >= 0
    losses = {t: float(F.cross_entropy(logits[known] / t, truth[known])) for t in np.arange(0.5, 2.01, 0.02)}
    return min(losses, key=losses.get)


def line(name: str, right: np.ndarray, probability: np.ndarray, threshold: float | None) -> str:
    share, at = accepted_at(right, probability)
    text = f"{name:34} {len(right):6} accuracy {100 * right.mean():6.2f}  accepted {100 * share:6.2f} at {at:.3f}"
    if threshold is not None:
        taken = probability >= threshold
        text += f"  by {threshold}: {100 * taken.mean():6.2f}, wrong {100 * (~right[taken]).mean():.2f}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--drawings", type=int, default=1)
    parser.add_argument("--tests", action="store_true")
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--floats", action="store_true", help="measure the weights before they are rounded to 8 bits, too")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = CharacterReader()
    network.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["average"])
    held = [
        (part.name, part.images[part.held], part.labels[part.held])
        for part in gather(arguments.data, arguments.work, arguments.drawings)
    ]
    page = quantised_copy(network)
    logits = {name: logits_of(page, images) for name, images, _ in held}
    real = [(name, labels) for name, _, labels in held if not name.startswith("strokes")]
    temperature = calibrated(torch.cat([logits[name] for name, _ in real]), np.concatenate([labels for _, labels in real]))
    print(f"temperature {temperature:.2f}")
    for name, images, labels in held:
        chances, truth = (logits[name] / temperature).softmax(1).numpy(), merged_labels(labels)
        for kind, rows, alphabet in (
            ("digits", truth < 10, DIGITS),
            ("letters", (truth >= 10) & (truth < 36), LETTERS),
            ("A to E", (truth >= 10) & (truth < 15), "ABCDE"),
        ):
            if rows.any():
                print(line(f"{name} {kind}", *read_field(chances[rows], truth[rows], alphabet), arguments.threshold))
                if arguments.floats:
                    exact = (logits_of(network, images[rows]) / temperature).softmax(1).numpy()
                    print(line("  before rounding", *read_field(exact, truth[rows], alphabet), arguments.threshold))
        if name == "junk":
            struck = chances[:, STRUCK_OUT] > 0.5
            of = labels == STRUCK_OUT
            print(f"struck out: known as such {100 * struck[of].mean():.1f}, other junk {100 * struck[~of].mean():.1f}")
            for alphabet in (DIGITS, LETTERS, "ABCDE"):
                taken = in_field(chances, alphabet).max(1)
                print(f"junk accepted in {alphabet}:", [f"{t}: {100 * (taken >= t).mean():.2f}" for t in (0.7, 0.8, 0.9, 0.95)])
        elif (rows := (labels >= 0) & (truth < 36)).any():
            struck = chances[rows][:, STRUCK_OUT] > 0.5
            print(f"  taken for struck out {100 * struck.mean():.2f}")
    if not arguments.tests:
        return
    for name, alphabet in TESTS.items():
        images, labels = read_idx(arguments.data / name)
        truth = labels.astype(np.int64)
        rows = np.isin(truth, [(DIGITS + LETTERS).index(c) for c in alphabet])
        chosen = np.stack([normalised(image) for image in images[rows]])
        chances = (logits_of(page, chosen) / temperature).softmax(1).numpy()
        print(line(name, *read_field(chances, truth[rows], alphabet), arguments.threshold))


if __name__ == "__main__":
    main()
