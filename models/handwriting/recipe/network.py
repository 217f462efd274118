"""The character network: a small residual one over 28x28 grey.

Input  [N, 1, 28, 28], ink 1 on 0, as `samples.normalised` centres and scales it.
Output [N, 64], logits of `CLASSES`, struck out and other (the exported graph ends in a softmax).

Every operation has an exact counterpart in tfjs (`export.py`).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

IMAGE_SIZE = 28
# Small letters are classes of their own: they look different, and whoever reads a field says how likely they are in it.
CLASSES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Not one character: struck out or scribbled over; and anything else, such as several characters, lines, blots.
STRUCK_OUT, OTHER = len(CLASSES), len(CLASSES) + 1
OUTPUTS = len(CLASSES) + 2
WIDTHS = (16, 32, 64, 96)


class Convolution(nn.Module):
    """Convolution, batch norm and, if asked, ReLU. Pads as TensorFlow's SAME does, or not at all where `valid`."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 3,
        stride: int = 1,
        size: int = 0,
        depthwise: bool = False,
        relu: bool = True,
        valid: bool = False,
    ):
        """`size`: side of what comes in, which the padding depends on where the stride is 2."""
        super().__init__()
        self.stride, self.depthwise, self.relu, self.valid = stride, depthwise, relu, valid
        pad = 0 if valid else kernel - (stride if size % stride == 0 else size % stride)
        self.before, self.after = pad // 2, pad - pad // 2
        even = self.before == self.after
        self.weight = nn.Conv2d(
            inputs,
            outputs,
            kernel,
            stride=stride,
            groups=inputs if depthwise else 1,
            bias=False,
            padding=self.before if even else 0,
        )
        self.pads = not even
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        if self.pads:
            x = F.pad(x, (self.before, self.after, self.before, self.after))
        x = self.norm(self.weight(x))
        return F.relu(x, inplace=True) if self.relu else x


class Residual(nn.Module):
    """Two convolutions added to their input: relu(x + b(a(x)))."""

    def __init__(self, channels: int):
        super().__init__()
        self.a = Convolution(channels, channels)
        self.b = Convolution(channels, channels, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.b(self.a(x)))


class CharacterReader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        w28, w14, w7, w4 = WIDTHS
        self.body = nn.Sequential(
            Convolution(1, w28),
            Convolution(w28, w14, stride=2, size=28),
            Convolution(w14, w14),
            Convolution(w14, w7, stride=2, size=14),
            Residual(w7),
            Convolution(w7, w4, stride=2, size=7),
            Residual(w4),
            # Weighs the places of each channel instead of averaging them: where a stroke ends tells 6 from 0.
            Convolution(w4, w4, 4, depthwise=True, valid=True),
        )
        self.drop = nn.Dropout(0.1)
        self.head = nn.Conv2d(w4, OUTPUTS, 1)

    def forward(self, image: Tensor) -> Tensor:
        return self.head(self.drop(self.body(image))).flatten(1)


def multiply_adds(network: nn.Module) -> int:
    """Multiply-adds of all convolutions for one character."""
    total = 0

    def count(layer: nn.Conv2d, _inputs: object, output: Tensor) -> None:
        nonlocal total
        total += layer.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, nn.Conv2d)]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, 1, IMAGE_SIZE, IMAGE_SIZE))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total


if __name__ == "__main__":
    reader = CharacterReader()
    print(sum(p.numel() for p in reader.parameters()), "weights,", multiply_adds(reader), "multiply-adds")
