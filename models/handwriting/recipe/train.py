"""Trains the reader of characters.

    python3 train.py DATA --work FOLDER --out checkpoint.pt --epochs 16

DATA holds the sets that the README names. Drawings of pen strokes are made once and kept in the work folder. The checkpoint is rewritten
at every report with the moving average of the weights, so that a network can be exported at any time. `--minutes` sets the schedule by the
clock instead (the weights then depend on the machine).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment import varied
from measures import masked_right
from network import STRUCK_OUT, CharacterReader
from samples import Samples, draw_all, draw_junk, read_strokes, read_training

BATCH = 128
DRAWINGS = 3  # of each character by its strokes; half a minute to two minutes each
JUNK_COUNT = 24_000
# How often each set is seen, by its size: scanned digits are many alike, scanned letters are few.
SHARES = {"mnist-train": 0.7, "emnist-six-letters-train": 1.5, "unipen-train": 1.2, "unipen-lower-train": 0.35}
SMALL_SHARE = 0.35  # of drawn small letters: boxes ask for capitals
EPOCH = 160_000
PEAK_RATE, WARM_UP, LAST_RATE = 4e-3, 0.03, 1e-5
AVERAGE_DECAY = 0.9985
SMOOTHING = 0.03
# Labels that the network, once it reads well, finds all but impossible count little: 2 to 3 % of UNIPEN's letters are mislabelled.
DOUBT_FROM, DOUBT_BELOW, DOUBTED_WEIGHT = 0.35, 0.02, 0.1


def gather(data: Path, work: Path, drawings: int) -> list[Samples]:
    work.mkdir(parents=True, exist_ok=True)
    strokes = read_strokes(data / "unipen-strokes-train.npz")
    sets = read_training(data)
    for seed in range(drawings):
        sets.append(kept(work / f"strokes-{seed}.npz", lambda seed=seed: draw_all(strokes, seed)))
    sets.append(kept(work / "junk.npz", lambda: draw_junk(strokes, JUNK_COUNT, 99)))
    return sets


def kept(file: Path, make: object) -> Samples:
    if not file.exists():
        made = make()
        part = file.with_suffix(".part.npz")
        np.savez(part, images=made.images, labels=made.labels, held=made.held)
        os.replace(part, file)
    stored = np.load(file)
    return Samples(file.stem, stored["images"], stored["labels"], stored["held"])


class Pool:
    """The training samples in one array, drawn with the chance of their set."""

    def __init__(self, sets: list[Samples]) -> None:
        rows = [~part.held for part in sets]
        self.images = np.concatenate([part.images[row] for part, row in zip(sets, rows)])
        self.labels = np.concatenate([part.labels[row] for part, row in zip(sets, rows)])
        chances = []
        for part, row in zip(sets, rows):
            labels = part.labels[row]
            chance = np.full(len(labels), SHARES.get(part.name, 1.0))
            if part.name.startswith("strokes"):
                chance[labels >= 36] = SMALL_SHARE
            chances.append(chance)
        self.chance = np.concatenate(chances)
        self.chance /= self.chance.sum()

    def order(self, rng: np.random.Generator) -> np.ndarray:
        # Systematic sampling: each sample comes up as often as its chance says, give or take one.
        points = (np.arange(EPOCH) + rng.random()) / EPOCH
        mixed = rng.permutation(len(self.chance))
        picks = mixed[np.searchsorted(np.cumsum(self.chance[mixed]), points).clip(0, len(mixed) - 1)]
        return rng.permutation(picks)

    def batch(self, picks: np.ndarray) -> tuple[Tensor, Tensor]:
        return as_tensor(self.images[picks]), torch.from_numpy(self.labels[picks])


def as_tensor(images: np.ndarray) -> Tensor:
    return torch.from_numpy(images).unsqueeze(1).float().div_(255)


def loss_of(logits: Tensor, labels: Tensor, doubting: bool) -> Tensor:
    """Cross-entropy with a little smoothing; a letter of unknown case has the chances of both cases together."""
    chances = F.log_softmax(logits, 1)
    upper = torch.where(labels >= 0, labels, 10 + (-1 - labels))
    lower = torch.where(labels >= 0, labels, 36 + (-1 - labels))
    own = chances.gather(1, upper[:, None])[:, 0]
    both = torch.where(labels >= 0, own, torch.logaddexp(own, chances.gather(1, lower[:, None])[:, 0]))
    loss = -(1 - SMOOTHING) * both - SMOOTHING * chances.clamp_min(-12).mean(1)
    if doubting:
        with torch.no_grad():
            weight = torch.where(both.exp() < DOUBT_BELOW, DOUBTED_WEIGHT, 1.0)
        loss = loss * weight
    return loss.mean()


def rate_at(progress: float) -> float:
    if progress < WARM_UP:
        return PEAK_RATE * (0.05 + 0.95 * progress / WARM_UP)
    return LAST_RATE + (PEAK_RATE - LAST_RATE) * (1 + np.cos(np.pi * (progress - WARM_UP) / (1 - WARM_UP))) / 2


@torch.no_grad()
def logits_of(network: CharacterReader, images: np.ndarray) -> Tensor:
    network.eval()
    return torch.cat([network(as_tensor(images[at : at + 500])) for at in range(0, len(images), 500)])


def validated(network: CharacterReader, sets: list[Samples]) -> dict[str, float]:
    """Accuracy on the writers that were held back: each set with the alphabet that its field would have."""
    figures = {}
    for part in sets:
        images, labels = part.images[part.held], part.labels[part.held]
        if part.name.startswith("strokes"):
            continue
        chances = logits_of(network, images).softmax(1).numpy()
        if part.name == "junk":
            figures["junk"] = float((chances.argmax(1) >= STRUCK_OUT).mean())
            continue
        for name, right in masked_right(chances, labels).items():
            figures[f"{part.name} {name}"] = float(right.mean())
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=24, help=f"of {EPOCH} characters")
    parser.add_argument("--minutes", type=float, help="set the schedule by the clock; --epochs is then ignored")
    parser.add_argument("--report", type=int, default=1000, help="steps between two validations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="checkpoint to begin with")
    parser.add_argument("--peak", type=float, default=PEAK_RATE, help="highest learning rate")
    parser.add_argument("--drawings", type=int, default=DRAWINGS, help="of each character by its strokes")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    random = torch.Generator().manual_seed(arguments.seed)
    sets = gather(arguments.data, arguments.work, arguments.drawings)
    pool = Pool(sets)
    network = CharacterReader().to(memory_format=torch.channels_last)
    average = CharacterReader().to(memory_format=torch.channels_last)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start)["average"])
    average.load_state_dict(network.state_dict())
    plain = [p for p in network.parameters() if p.ndim == 1]
    shaped = [p for p in network.parameters() if p.ndim > 1]
    optimiser = torch.optim.AdamW(
        [{"params": shaped, "weight_decay": 2e-2}, {"params": plain, "weight_decay": 0.0}], lr=arguments.peak
    )
    total = int(arguments.epochs * EPOCH / BATCH)
    began, step, since, progress, running = time.time(), 0, 0, 0.0, 0.0
    picks = np.empty(0, np.int64)
    curve: list[dict[str, float]] = []
    while progress < 1:
        minutes = (time.time() - began) / 60
        progress = minutes / arguments.minutes if arguments.minutes else (step + 1) / total
        if len(picks) < BATCH:
            picks = pool.order(rng)
        chosen, picks = picks[:BATCH], picks[BATCH:]
        for group in optimiser.param_groups:
            group["lr"] = rate_at(min(1.0, progress)) * arguments.peak / PEAK_RATE
        network.train()
        images, labels = pool.batch(chosen)
        images = varied(images, random).contiguous(memory_format=torch.channels_last)
        loss = loss_of(network(images), labels, progress > DOUBT_FROM or arguments.start is not None)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step, since, running = step + 1, since + 1, running + float(loss.detach())
        decay = min(AVERAGE_DECAY, (1 + step) / (10 + step))
        with torch.no_grad():
            for kept_value, new in zip(average.state_dict().values(), network.state_dict().values()):
                if kept_value.dtype.is_floating_point:
                    kept_value.lerp_(new, 1 - decay)
        if step % arguments.report == 0 or progress >= 1:
            report = {
                "step": step,
                "minutes": round((time.time() - began) / 60, 1),
                "training": running / since,
                **validated(average, sets),
            }
            running, since = 0.0, 0
            curve.append(report)
            print(json.dumps({key: round(value, 4) for key, value in report.items()}), flush=True)
            part = arguments.out.with_suffix(".part")
            torch.save({"average": average.state_dict(), "curve": curve}, part)
            os.replace(part, arguments.out)


if __name__ == "__main__":
    main()
