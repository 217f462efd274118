"""Trains the detector on the shards that `synthesise.py` wrote.

    python3 train.py --scenes FOLDER --out checkpoint.pt --steps 12000

Shards from 9000 on are for validation. The checkpoint is rewritten at every report with the moving average of the weights, so that a
network can be exported at any time. `--minutes` sets the schedule by the clock instead (the weights then depend on the machine).
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

from measures import PRESENCE_LEVEL, corners_found, peaks, soft_overlap
from network import IMAGE_SIZE, DocumentDetector

BATCH = 32  # at full size; more of the smaller pictures
# Size of the pictures by progress: coarse first, because a step then costs a quarter.
SIZES = ((0.0, 128), (0.4, 192), (0.65, 256))
PEAK_RATE, WARM_UP, LAST_RATE = 3e-3, 0.04, 2e-5
AVERAGE_DECAY = 0.998
VALIDATION_FROM = 9000


class Scenes:
    """Shards of a folder, in memory (105 MB each); picks up those that are written while training goes on."""

    def __init__(self, folder: Path, validation: bool) -> None:
        self.folder, self.validation = folder, validation
        self.shards: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self.look_again()

    def look_again(self) -> None:
        for file in sorted(self.folder.glob("*.maps.npy")):
            number = file.name.split(".")[0]
            if number.isdigit() and number not in self.shards and (int(number) >= VALIDATION_FROM) == self.validation:
                images = file.with_name(f"{number}.images.npy")
                self.shards[number] = (np.load(images), np.load(file))
        self.table = [(shard, i) for shard in sorted(self.shards) for i in range(len(self.shards[shard][0]))]

    def batch(self, picks: np.ndarray) -> tuple[Tensor, Tensor]:
        """Pictures [N, 3, 256, 256] and maps [N, 3, 64, 64], 0..1, channels last in memory."""
        rows = [self.table[pick] for pick in picks]
        images = np.stack([self.shards[shard][0][i] for shard, i in rows])
        maps = np.stack([self.shards[shard][1][i] for shard, i in rows])
        return as_tensor(images), as_tensor(maps)


def as_tensor(pictures: np.ndarray) -> Tensor:
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float().div_(255)


def varied(images: Tensor, maps: Tensor, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Flips, quarter turns, colour and noise, all cheap; turns and flips for the whole batch's halves."""
    turned_images, turned_maps = [], []
    for part_images, part_maps in zip(images.chunk(4), maps.chunk(4)):
        axes = [axis for axis in (2, 3) if rng.random() < 0.5]
        quarters = int(rng.integers(4))
        for source, out in ((part_images, turned_images), (part_maps, turned_maps)):
            out.append(torch.rot90(source.flip(axes) if axes else source, quarters, (2, 3)))
    images, maps = torch.cat(turned_images).contiguous(memory_format=torch.channels_last), torch.cat(turned_maps)
    count = len(images)
    gain = torch.from_numpy(rng.uniform(0.7, 1.25, (count, 1, 1, 1)) * rng.uniform(0.9, 1.1, (count, 3, 1, 1))).float()
    lift = torch.from_numpy(rng.normal(0, 0.03, (count, 1, 1, 1))).float()
    images = torch.addcmul(lift, images, gain)
    if rng.random() < 0.2:
        grey = images.mean(1, keepdim=True)
        images = torch.lerp(grey, images, torch.from_numpy(rng.uniform(0, 1.5, (count, 1, 1, 1))).float())
    if rng.random() < 0.2:
        images = images + torch.randn_like(images) * float(rng.uniform(0, 0.04))
    return images.clamp_(0, 1).contiguous(memory_format=torch.channels_last), maps


def shrunk(images: Tensor, maps: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """The batch at a smaller size. Sides and corners keep their width in map pixels, more or less."""
    if size == IMAGE_SIZE:
        return images, maps
    images = F.interpolate(images, size=(size, size), mode="area")
    page = F.adaptive_avg_pool2d(maps[:, :1], size // 4)
    return images, torch.cat([page, F.adaptive_max_pool2d(maps[:, 1:], size // 4)], 1)


def loss_of(logits: Tensor, presence: Tensor, maps: Tensor) -> Tensor:
    """Weighted cross-entropies of the three maps and of presence, and a Dice term for the page."""
    page, sides, corners = maps.unbind(1)
    has_page = (page.amax((1, 2)) > 0.5).float()
    entropy = F.binary_cross_entropy_with_logits
    whole = entropy(logits[:, 0], page, weight=1 + 2 * sides)
    chance = logits[:, 0].sigmoid()
    dice = 1 - (2 * (chance * page).sum((1, 2)) + 1) / (chance.sum((1, 2)) + page.sum((1, 2)) + 1)
    lines = entropy(logits[:, 1], sides, weight=1 + 4 * sides)
    points = entropy(logits[:, 2], corners, weight=1 + 20 * corners)
    return whole + 0.5 * (dice * has_page).mean() + 2 * lines + 4 * points + 0.3 * entropy(presence[:, 0], has_page)


def rate_at(progress: float) -> float:
    if progress < WARM_UP:
        return PEAK_RATE * (0.05 + 0.95 * progress / WARM_UP)
    return LAST_RATE + (PEAK_RATE - LAST_RATE) * (1 + np.cos(np.pi * (progress - WARM_UP) / (1 - WARM_UP))) / 2


@torch.no_grad()
def validated(network: DocumentDetector, scenes: Scenes) -> dict[str, float]:
    network.eval()
    overlap, found, expected, right, loss, batches = [], 0, 0, 0, 0.0, 0
    for start in range(0, len(scenes.table), 50):
        images, maps = scenes.batch(np.arange(start, min(start + 50, len(scenes.table))))
        logits, presence = network(images)
        loss, batches = loss + float(loss_of(logits, presence, maps)), batches + 1
        has_page = maps[:, 0].amax((1, 2)) > 0.5
        right += int(((presence[:, 0].sigmoid() > PRESENCE_LEVEL) == has_page).sum())
        answer = logits.sigmoid()
        overlap.append(soft_overlap(answer[:, 0], maps[:, 0])[has_page])
        for predicted, true in zip(peaks(answer[:, 2]), peaks(maps[:, 2], 0.8)):
            found, expected = found + corners_found(predicted, true), expected + len(true)
    return {
        "loss": loss / batches,
        "overlap": float(torch.cat(overlap).mean()),
        "corners": found / expected,
        "presence": right / len(scenes.table),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--minutes", type=float, help="set the schedule by the clock; --steps is then ignored")
    parser.add_argument("--report", type=int, default=500, help="steps between two validations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="checkpoint to begin with")
    parser.add_argument("--peak", type=float, default=PEAK_RATE, help="highest learning rate")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    network = DocumentDetector().to(memory_format=torch.channels_last)
    average = DocumentDetector().to(memory_format=torch.channels_last)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start)["average"])
    average.load_state_dict(network.state_dict())
    optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=1e-3)
    training, validation = Scenes(arguments.scenes, False), Scenes(arguments.scenes, True)
    began, step, seen, since, progress, running = time.time(), 0, 0, 0, 0.0, 0.0
    order = np.empty(0, np.int64)
    curve: list[dict[str, float]] = []
    while progress < 1:
        progress = (
            (time.time() - began) / (60 * arguments.minutes) if arguments.minutes else (step + 1) / arguments.steps
        )
        size = max(pixels for start, pixels in SIZES if progress >= start)
        count = BATCH * IMAGE_SIZE // size
        if len(order) < count:
            training.look_again()
            order = rng.permutation(len(training.table))
        picks, order = order[:count], order[count:]
        for group in optimiser.param_groups:
            group["lr"] = rate_at(min(1.0, progress)) * arguments.peak / PEAK_RATE
        network.train()
        images, maps = varied(*shrunk(*training.batch(picks), size), rng)
        loss = loss_of(*network(images), maps)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step, seen = step + 1, seen + count
        running, since = running + float(loss.detach()), since + 1
        decay = min(AVERAGE_DECAY, (1 + step) / (10 + step))
        with torch.no_grad():
            for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
                if kept.dtype.is_floating_point:
                    kept.lerp_(new, 1 - decay)
        if step % arguments.report == 0 or progress >= 1:
            report = {
                "step": step,
                "pictures": seen,
                "size": size,
                "scenes": len(training.table),
                "minutes": round((time.time() - began) / 60, 1),
                "training": running / since,
                **validated(average, validation),
            }
            running, since = 0.0, 0
            curve.append(report)
            print(json.dumps({key: round(value, 4) for key, value in report.items()}), flush=True)
            part = arguments.out.with_suffix(".part")
            torch.save({"average": average.state_dict(), "curve": curve}, part)
            os.replace(part, arguments.out)


if __name__ == "__main__":
    main()
