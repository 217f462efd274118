"""How good the answers are, read as `worker/handwriting/classes.ts` reads them: by the alphabet of the field, out of everything."""

from __future__ import annotations

import numpy as np

from network import STRUCK_OUT

# How common small letters are where capitals are asked for, to who chooses a character and to who then doubts it.
SMALL_PRIOR, DOUBTING_SMALL_PRIOR = 0.2, 0.5
DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What is drawn like a character and stands for it in a field where it cannot be meant itself.
ALIKE = {
    "0": "OD", "1": "IL", "2": "Z", "5": "S", "6": "GB", "7": "T", "8": "B", "9": "GQ", "I": "1", "O": "0", "S": "5", "Z": "2"
}  # fmt: skip


def merged(chances: np.ndarray, small_prior: float = SMALL_PRIOR) -> np.ndarray:
    """[N, 38]: digits, letters of either case, struck out, other; small letters first made as rare as they are in a field."""
    letters = chances[:, 10:36] + small_prior * chances[:, 36:62]
    out = np.concatenate([chances[:, :10], letters, chances[:, STRUCK_OUT:]], 1)
    return out / out.sum(1, keepdims=True)


def in_field(chances: np.ndarray, alphabet: str) -> np.ndarray:
    """[N, len(alphabet)]: the chance of each character of the field and of what stands for it, out of everything."""
    joined = merged(chances, DOUBTING_SMALL_PRIOR)
    place = {character: index for index, character in enumerate(DIGITS + LETTERS)}
    columns = []
    for character in alphabet:
        twins = [twin for twin in ALIKE.get(character, "") if twin not in alphabet]
        columns.append(sum((joined[:, place[twin]] for twin in twins), joined[:, place[character]]))
    return np.stack(columns, 1)


def merged_labels(labels: np.ndarray) -> np.ndarray:
    """Indices into `merged`'s columns."""
    out = np.where(labels < 0, 10 + (-1 - labels), labels)
    return np.where(out >= 36, out - 26, out)


def read_field(chances: np.ndarray, truth: np.ndarray, alphabet: str) -> tuple[np.ndarray, np.ndarray]:
    """For each character whether it is read right, and the probability that the app would give; `truth` as `merged_labels`."""
    written = np.array([(DIGITS + LETTERS).index(character) for character in alphabet])
    best = merged(chances)[:, written].argmax(1)
    return written[best] == truth, in_field(chances, alphabet)[np.arange(len(best)), best]


def masked_right(chances: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    """For digits and letters of a set apart, whether they are read right in a field of digits or letters."""
    truth, out = merged_labels(labels), {}
    for name, rows, alphabet in (("digits", truth < 10, DIGITS), ("letters", (truth >= 10) & (truth < 36), LETTERS)):
        if rows.any():
            out[name] = read_field(chances[rows], truth[rows], alphabet)[0]
    return out


def accepted_at(right: np.ndarray, probability: np.ndarray, most_error: float = 0.005) -> tuple[float, float]:
    """Largest share that can be accepted with at most so many errors, and the threshold for it."""
    order = np.argsort(-probability, kind="stable")
    errors = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    fine = np.flatnonzero(errors <= most_error)
    if len(fine) == 0:
        return 0.0, 1.0
    return (fine[-1] + 1) / len(order), float(probability[order[fine[-1]]])
