"""What teachers make of every character that a network will learn from: softer and now and then righter than its label.

    python3 teach.py DATA --work FOLDER --halves without-0.pt without-1.pt [--also other.pt ...]

Of the two networks that learnt from one half of the writers each, the one is asked that has not seen the character's writer. It knows no
label by heart, so that a wrong label does not come back as its own opinion. Others that are named have the same say. Mean chances go to
`targets-*.npy` in the work folder, float16 [N, 64].
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import multiprocessing

from network import OUTPUTS, CharacterReader
from samples import Samples
from train import DRAWINGS, gather, logits_of, target_file

# Networks that learnt with smoothed labels are a little too modest.
TEMPERATURE = 0.9


def read_network(file: Path) -> CharacterReader:
    network = CharacterReader()
    network.load_state_dict(torch.load(file, map_location="cpu")["average"])
    return network


def chances_of(network: CharacterReader, images: np.ndarray) -> np.ndarray:
    return (logits_of(network, images) / TEMPERATURE).softmax(1).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--halves", type=Path, nargs=2, required=True, help="learnt without half 0, without half 1")
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--drawings", type=int, default=DRAWINGS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    halves = [read_network(file) for file in arguments.halves]
    others = [read_network(file) for file in arguments.also]

    def teach(part: Samples) -> None:
        # What belongs to both halves has been seen by both.
        half = np.where(part.half < 0, np.arange(len(part.half)) % 2, part.half)
        total = np.zeros((len(half), OUTPUTS), np.float32)
        for which, network in enumerate(halves):
            total[half == which] = chances_of(network, part.images[half == which])
        for network in others:
            total += chances_of(network, part.images)
        np.save(target_file(arguments.work, part), (total / (1 + len(others))).astype(np.float16))

    sets = gather(arguments.data, arguments.work, arguments.drawings)
    processes = [
        multiprocessing.get_context("fork").Process(target=lambda mine=sets[rank::2]: [teach(part) for part in mine])
        for rank in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
