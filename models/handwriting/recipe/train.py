"""Trains the reader of characters.

    python3 train.py DATA --work FOLDER --out checkpoint.pt

DATA holds the sets that the README names. Drawings of pen strokes are made once and kept in the work folder. The checkpoint is rewritten
at every report with the moving average of the weights, so that a network can be exported at any time. `--minutes` sets the schedule by the
clock instead (the weights then depend on the machine).

Each process learns alone on one core and averages its weights with the others' every few batches (local SGD: Stich 2019). On a machine
that does other things, too, this is several times as fast as threads, which wait for each other within each layer.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, multiprocessing
from torch.nn import functional as F

from augment import varied
from measures import SMALL_PRIOR, masked_right
from network import STRUCK_OUT, CharacterReader
from samples import Samples, draw_all, draw_junk, read_strokes, read_training, seen_by_writer

BATCH = 128
DRAWINGS = 4  # of each character by its strokes; half a minute to two minutes each
JUNK_COUNT = 24_000
# How often each set is seen, by its size: scanned digits are many alike, scanned letters are few.
SHARES = {"mnist-train": 0.7, "emnist-six-letters-train": 1.5, "unipen-train": 1.2, "unipen-lower-train": 0.35}
DRAWN_SHARE = 0.75
SMALL_SHARE = 0.35  # of drawn small letters, against the other drawings: boxes ask for capitals
EPOCH = 160_000
PEAK_RATE, WARM_UP, LAST_RATE = 4e-3, 0.03, 1e-5
BATCHES_ALONE = 8
AVERAGE_DECAY = 0.98  # each time that the processes meet
SMOOTHING = 0.03
# What the field's alphabet leaves of the choice counts again: it is what the app decides by.
FIELD_WEIGHT = 0.5
# Labels that the network, once it reads well, finds all but impossible count little: 2 to 3 % of UNIPEN's letters are mislabelled.
DOUBT_FROM, DOUBT_BELOW, DOUBTED_WEIGHT = 0.35, 0.02, 0.1
# What teachers make of a character (`teach.py`) counts for so much of the loss.
TAUGHT_WEIGHT = 0.6
# The end is learnt in full precision, also where the rest is in bfloat16.
EXACT_FROM = 0.9
MOST_WAIT_S = 1200


def gather(data: Path, work: Path, drawings: int) -> list[Samples]:
    work.mkdir(parents=True, exist_ok=True)
    strokes = read_strokes(data / "unipen-strokes-train.npz")
    sets = read_training(data)
    for seed in range(drawings):
        drawing = kept(work / f"strokes-{seed}.npz", lambda seed=seed: draw_all(strokes, seed))
        drawing.seen = seen_by_writer(strokes) * np.where(drawing.labels >= 36, SMALL_SHARE, 1.0)
        drawing.half = strokes["writer"] % 2
        sets.append(drawing)
    sets.append(kept(work / "junk.npz", lambda: draw_junk(strokes, JUNK_COUNT, 99)))
    return sets


def kept(file: Path, make: object) -> Samples:
    if not file.exists():
        made = make()
        part = file.with_suffix(".part.npz")
        np.savez(part, images=made.images, labels=made.labels, held=made.held)
        os.replace(part, file)
    stored = np.load(file)
    labels = stored["labels"]
    return Samples(file.stem, stored["images"], labels, stored["held"], np.ones(len(labels)), np.full(len(labels), -1))


class Pool:
    """The training samples in one array, drawn with the chance of their set."""

    def __init__(self, sets: list[Samples], left_out: int | None, targets: Path | None) -> None:
        rows = [~part.held & ((part.half != left_out) | (part.half < 0)) for part in sets]
        self.targets = None
        if targets:
            self.targets = np.concatenate([np.load(target_file(targets, part))[row] for part, row in zip(sets, rows)])
        self.images = np.concatenate([part.images[row] for part, row in zip(sets, rows)])
        self.labels = np.concatenate([part.labels[row] for part, row in zip(sets, rows)])
        self.chance = np.concatenate([part.seen[row] * share_of(part.name) for part, row in zip(sets, rows)])
        self.chance /= self.chance.sum()

    def order(self, rng: np.random.Generator) -> np.ndarray:
        # Systematic sampling: each sample comes up as often as its chance says, give or take one.
        points = (np.arange(EPOCH) + rng.random()) / EPOCH
        mixed = rng.permutation(len(self.chance))
        picks = mixed[np.searchsorted(np.cumsum(self.chance[mixed]), points).clip(0, len(mixed) - 1)]
        return rng.permutation(picks)

    def batch(self, picks: np.ndarray) -> tuple[Tensor, Tensor, Tensor | None]:
        """Images, labels and what teachers make of them."""
        targets = None if self.targets is None else torch.from_numpy(self.targets[picks]).float()
        return as_tensor(self.images[picks]), torch.from_numpy(self.labels[picks]), targets


def target_file(folder: Path, part: Samples) -> Path:
    return folder / f"targets-{part.name}.npy"


def share_of(name: str) -> float:
    return DRAWN_SHARE if name.startswith("strokes") else SHARES.get(name, 1.0)


def as_tensor(images: np.ndarray) -> Tensor:
    return torch.from_numpy(images).unsqueeze(1).float().div_(255)


def loss_of(logits: Tensor, labels: Tensor, targets: Tensor | None, doubting: bool) -> Tensor:
    """Cross-entropy with a little smoothing, out of everything and, again, out of what the field would allow; and with the teachers."""
    chances = F.log_softmax(logits, 1)
    # A letter of unknown case has the chances of both cases together.
    upper = torch.where(labels >= 0, labels, 10 + (-1 - labels))
    lower = torch.where(labels >= 0, labels, 36 + (-1 - labels))
    own = chances.gather(1, upper[:, None])[:, 0]
    both = torch.where(labels >= 0, own, torch.logaddexp(own, chances.gather(1, lower[:, None])[:, 0]))
    loss = -(1 - SMOOTHING) * both - SMOOTHING * chances.clamp_min(-12).mean(1)
    loss = loss + FIELD_WEIGHT * field_loss_of(logits, upper)
    if doubting:
        with torch.no_grad():
            weight = torch.where(both.exp() < DOUBT_BELOW, DOUBTED_WEIGHT, 1.0)
        loss = loss * weight
    if targets is not None:
        taught = -(targets * chances).sum(1)
        loss = (1 - TAUGHT_WEIGHT) * loss + TAUGHT_WEIGHT * (1 + FIELD_WEIGHT) * taught
    return loss.mean()


def field_loss_of(logits: Tensor, classes: Tensor) -> Tensor:
    """Of digits among digits, of capitals and letters of unknown case among letters as `measures.merged` joins them; else 0."""
    digits = F.log_softmax(logits[:, :10], 1)
    letters = F.log_softmax(torch.logaddexp(logits[:, 10:36], logits[:, 36:62] + float(np.log(SMALL_PRIOR))), 1)
    fields = torch.cat([digits, letters], 1)
    own = fields.gather(1, classes.clamp_max(35)[:, None])[:, 0]
    return torch.where(classes < 36, -own, 0.0)


def rate_at(progress: float, peak: float) -> float:
    if progress < WARM_UP:
        return peak * (0.05 + 0.95 * progress / WARM_UP)
    return LAST_RATE + (peak - LAST_RATE) * (1 + np.cos(np.pi * (progress - WARM_UP) / (1 - WARM_UP))) / 2


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


def numbers_of(network: CharacterReader) -> list[Tensor]:
    """Weights, and means and variances of the batch norms."""
    return [value for value in network.state_dict().values() if value.dtype.is_floating_point]


class Meeting:
    """Where the processes average their weights, and agree on how far the schedule is."""

    def __init__(self, processes: int) -> None:
        size = sum(value.numel() for value in numbers_of(CharacterReader()))
        self.rows = torch.zeros(processes, size).share_memory_()
        self.schedule = torch.zeros(1, dtype=torch.float64).share_memory_()
        self.barrier = multiprocessing.get_context("fork").Barrier(processes)

    @torch.no_grad()
    def average(self, rank: int, network: CharacterReader, progress: float) -> float:
        """Gives each process the mean weights and the first one's progress."""
        numbers = numbers_of(network)
        torch.cat([value.flatten() for value in numbers], out=self.rows[rank])
        if rank == 0:
            self.schedule[0] = progress
        self.barrier.wait(MOST_WAIT_S)
        mean, agreed = self.rows.mean(0), float(self.schedule[0])
        # Nobody writes the next weights before all have read these.
        self.barrier.wait(MOST_WAIT_S)
        for value, new in zip(numbers, mean.split([value.numel() for value in numbers])):
            value.copy_(new.view(value.shape))
        return agreed


class Learner:
    """One process's network and optimiser, and the characters that it sees."""

    def __init__(self, arguments: argparse.Namespace, sets: list[Samples], rank: int) -> None:
        torch.manual_seed(arguments.seed)
        self.network = CharacterReader().to(memory_format=torch.channels_last)
        if arguments.start:
            self.network.load_state_dict(torch.load(arguments.start)["average"])
        torch.manual_seed(1000 * arguments.seed + rank)
        self.random = torch.Generator().manual_seed(1000 * arguments.seed + rank)
        self.rng = np.random.default_rng([arguments.seed, rank])
        self.pool = Pool(sets, arguments.without, arguments.targets)
        self.picks = np.empty(0, np.int64)
        self.bfloat16, self.peak = arguments.bfloat16, arguments.peak
        self.doubt_from = 0.0 if arguments.start else DOUBT_FROM
        plain = [p for p in self.network.parameters() if p.ndim == 1]
        shaped = [p for p in self.network.parameters() if p.ndim > 1]
        self.optimiser = torch.optim.AdamW([{"params": shaped, "weight_decay": 2e-2}, {"params": plain, "weight_decay": 0.0}])

    def learn(self, progress: float) -> float:
        """From one batch; returns the loss."""
        if len(self.picks) < BATCH:
            self.picks = self.pool.order(self.rng)
        chosen, self.picks = self.picks[:BATCH], self.picks[BATCH:]
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(progress, self.peak)
        self.network.train()
        images, labels, targets = self.pool.batch(chosen)
        images = varied(images, self.random).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16 and progress < EXACT_FROM):
            logits = self.network(images)
        loss = loss_of(logits.float(), labels, targets, progress >= self.doubt_from)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        return float(loss.detach())


def train(arguments: argparse.Namespace, sets: list[Samples], meeting: Meeting, rank: int) -> None:
    learner = Learner(arguments, sets, rank)
    average = CharacterReader()
    average.load_state_dict(learner.network.state_dict())
    total = int(arguments.epochs * EPOCH / BATCH)
    began, steps, progress, reported = time.time(), 0, 0.0, 0
    losses: list[float] = []
    curve: list[dict[str, float]] = []
    while progress < 1:
        losses += [learner.learn(progress) for _ in range(BATCHES_ALONE)]
        steps += BATCHES_ALONE * arguments.processes
        minutes = (time.time() - began) / 60
        reached = minutes / arguments.minutes if arguments.minutes else steps / total
        progress = meeting.average(rank, learner.network, min(1.0, reached))
        if rank > 0:
            continue
        decay = min(AVERAGE_DECAY, (1 + steps) / (10 + steps))
        with torch.no_grad():
            for old, new in zip(numbers_of(average), numbers_of(learner.network)):
                old.lerp_(new, 1 - decay)
        if steps - reported < arguments.report and progress < 1:
            continue
        reported = steps
        report = {
            "step": steps,
            "minutes": round((time.time() - began) / 60, 1),
            "training": float(np.mean(losses)),
            **validated(average, sets),
        }
        losses = []
        curve.append(report)
        print(json.dumps({key: round(value, 4) for key, value in report.items()}), flush=True)
        part = arguments.out.with_suffix(".part")
        torch.save({"average": average.state_dict(), "curve": curve}, part)
        os.replace(part, arguments.out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=80, help=f"of {EPOCH} characters")
    parser.add_argument("--minutes", type=float, help="set the schedule by the clock; --epochs is then ignored")
    parser.add_argument("--report", type=int, default=3000, help="batches between two validations")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="for processors that compute in it")
    parser.add_argument("--start", type=Path, help="checkpoint to begin with")
    parser.add_argument("--peak", type=float, default=PEAK_RATE, help="highest learning rate")
    parser.add_argument("--drawings", type=int, default=DRAWINGS, help="of each character by its strokes")
    parser.add_argument("--without", type=int, choices=(0, 1), help="the half of the writers to leave out, for a teacher of that half")
    parser.add_argument("--targets", type=Path, help="folder of what teachers make of the characters, by teach.py")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    # Before the processes part: they share what was read, and none inherits threads.
    torch.set_num_threads(1)
    sets = gather(arguments.data, arguments.work, arguments.drawings)
    meeting = Meeting(arguments.processes)
    others = [
        multiprocessing.get_context("fork").Process(target=train, args=(arguments, sets, meeting, rank), daemon=True)
        for rank in range(1, arguments.processes)
    ]
    for other in others:
        other.start()
    train(arguments, sets, meeting, 0)
    for other in others:
        other.join()


if __name__ == "__main__":
    main()
