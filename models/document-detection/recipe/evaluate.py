"""Judges a checkpoint on labelled photos, with the weights as trained and with 8-bit weights.

    python3 evaluate.py checkpoint.pt FOLDER          FOLDER has truth.json: [{file, corners | null, tags}]
    python3 evaluate.py checkpoint.pt --scenes FOLDER  the validation scenes of synthesise.py

Prints for each photo the soft overlap (intersection over union) of the page map with the labelled quad, how many corners have a peak
within 2 map pixels, and the presence of a page; then the means by tag.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image, ImageOps

from export import quantised_copy
from measures import PRESENCE_LEVEL, corners_found, peaks, soft_overlap
from network import IMAGE_SIZE, MAP_SIZE, DocumentDetector
from train import Scenes, as_tensor, validated


def photo(file: Path) -> tuple[np.ndarray, tuple[int, int]]:
    """The photo squashed to the network's size, uint8 RGB, and its (width, height) with EXIF orientation applied."""
    image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    return cv2.resize(np.asarray(image), (IMAGE_SIZE, IMAGE_SIZE), interpolation=cv2.INTER_AREA), image.size


def quad_mask(quad: np.ndarray) -> np.ndarray:
    """Page map of a quad in shares of the frame, float32 [MAP_SIZE, MAP_SIZE]."""
    large = np.zeros((MAP_SIZE * 8, MAP_SIZE * 8), np.uint8)
    cv2.fillPoly(large, [np.rint(quad * MAP_SIZE * 8 - 0.5).astype(np.int32)], 255)
    return cv2.resize(large, (MAP_SIZE, MAP_SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


@torch.no_grad()
def judged(networks: dict[str, DocumentDetector], folder: Path, pictures: Path | None) -> None:
    means: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in networks}
    for entry in json.loads((folder / "truth.json").read_text()):
        image, (width, height) = photo(folder / entry["file"])
        line = f"{Path(entry['file']).name:28.28s}"
        for name, network in networks.items():
            logits, presence = network(as_tensor(image[None]))
            answer, chance = logits.sigmoid(), float(presence.sigmoid())
            if entry["corners"] is None:
                means[name]["without page: presence below half"].append(chance < PRESENCE_LEVEL)
                line += f"  {name}: no page, presence {chance:.3f}, page map {float(answer[0, 0].mean()):.3f}"
            else:
                quad = np.array(entry["corners"]) / [width, height]
                overlap = float(soft_overlap(answer[:, 0], torch.from_numpy(quad_mask(quad))[None]))
                found = corners_found(peaks(answer[:, 2])[0], quad * MAP_SIZE - 0.5)
                line += f"  {name}: overlap {overlap:.3f}, corners {found}/4, presence {chance:.3f}"
                for tag in ("all", *entry.get("tags", [])):
                    means[name][f"{tag}: overlap"].append(overlap)
                means[name]["all: corners"].append(found / 4)
                means[name]["all: presence above half"].append(chance > PRESENCE_LEVEL)
            if pictures is not None and name == "float32":
                pictures.mkdir(parents=True, exist_ok=True)
                shown = cv2.resize(answer[0].permute(1, 2, 0).numpy(), (IMAGE_SIZE, IMAGE_SIZE)) * 255
                cv2.imwrite(
                    str(pictures / (Path(entry["file"]).stem + ".png")),
                    np.hstack([image, shown.astype(np.uint8)])[:, :, ::-1],
                )
        print(line)
    for name, tags in means.items():
        for tag, values in sorted(tags.items()):
            print(f"{name}  {tag}: {np.mean(values):.4f} of {len(values)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--scenes", type=Path)
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the maps")
    arguments = parser.parse_args()
    trained = DocumentDetector()
    trained.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["average"])
    trained.eval()
    networks = {"float32": trained, "int8": quantised_copy(trained)}
    if arguments.folder:
        judged(networks, arguments.folder, arguments.pictures)
    if arguments.scenes:
        for name, network in networks.items():
            print(
                name,
                {key: round(value, 4) for key, value in validated(network, Scenes(arguments.scenes, True)).items()},
            )


if __name__ == "__main__":
    main()
