"""The document detector: a small encoder-decoder over 256x256 RGB.

Input  [N, 3, 256, 256], RGB in 0..1.
Output maps [N, 3, 64, 64] and presence [N, 1], both as logits (the exported graph ends in a sigmoid).

Every operation has an exact counterpart in tfjs (`export.py`): convolution, depthwise convolution, addition,
average pooling over the whole map, bilinear resizing with half-pixel centres.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

IMAGE_SIZE = 256
MAP_SIZE = 64
MAP_CHANNELS = ("page", "sides", "corners")


class Convolution(nn.Module):
    """Convolution, batch norm and, if asked, ReLU. Pads as TensorFlow's SAME does for even sizes."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, depthwise: bool = False, relu: bool = True
    ):
        super().__init__()
        self.stride, self.kernel, self.depthwise, self.relu = stride, kernel, depthwise, relu
        # SAME with stride 2 on even sizes pads kernel - 2 in all, the odd one on the right and at the bottom.
        self.before = (kernel - stride) // 2 if stride == 2 else kernel // 2
        self.after = kernel - stride - self.before if stride == 2 else kernel // 2
        groups = inputs if depthwise else 1
        self.weight = nn.Conv2d(
            inputs,
            outputs,
            kernel,
            stride=stride,
            groups=groups,
            bias=False,
            padding=self.before if self.before == self.after else 0,
        )
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        if self.before != self.after:
            x = F.pad(x, (self.before, self.after, self.before, self.after))
        x = self.norm(self.weight(x))
        return F.relu(x, inplace=True) if self.relu else x


class Separable(nn.Module):
    """Depthwise then pointwise convolution, added to its input: relu(x + pointwise(depthwise(x)))."""

    def __init__(self, channels: int, kernel: int = 3):
        super().__init__()
        self.depthwise = Convolution(channels, channels, kernel, depthwise=True)
        self.pointwise = Convolution(channels, channels, 1, relu=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.pointwise(self.depthwise(x)))


def enlarge(x: Tensor) -> Tensor:
    """Doubles the side by bilinear interpolation, half-pixel centres."""
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class DocumentDetector(nn.Module):
    """Channels by level: `widths` at strides 2, 4, 8, 16, 32; `decoder` at strides 16, 8, 4."""

    def __init__(self, widths: tuple[int, ...] = (16, 16, 32, 80, 160), decoder: tuple[int, ...] = (56, 32, 16)):
        super().__init__()
        w2, w4, w8, w16, w32 = widths
        d16, d8, d4 = decoder
        self.stem = Convolution(3, w2, 3, stride=2)
        self.down4 = Convolution(w2, w4, 3, stride=2)
        self.level4 = nn.Sequential(Separable(w4))
        self.down8 = Convolution(w4, w8, 3, stride=2)
        self.level8 = nn.Sequential(Separable(w8), Separable(w8))
        self.down16 = Convolution(w8, w16, 3, stride=2)
        self.level16 = nn.Sequential(Separable(w16, 5), Separable(w16, 5))
        self.down32 = nn.Sequential(Convolution(w16, w16, 3, stride=2, depthwise=True), Convolution(w16, w32, 1))
        self.level32 = nn.Sequential(Separable(w32, 5), Separable(w32, 5), Separable(w32, 5))
        self.whole = Convolution(w32, w32, 1)  # on the average over the whole picture, added everywhere
        self.up32 = Convolution(w32, d16, 1, relu=False)
        self.lateral16 = Convolution(w16, d16, 1, relu=False)
        self.decode16 = Separable(d16, 5)
        self.up16 = Convolution(d16, d8, 1, relu=False)
        self.lateral8 = Convolution(w8, d8, 1, relu=False)
        self.decode8 = nn.Sequential(Separable(d8, 5), Separable(d8))
        self.up8 = Convolution(d8, d4, 1, relu=False)
        self.lateral4 = Convolution(w4, d4, 1, relu=False)
        self.decode4 = nn.Sequential(Separable(d4, 5), Separable(d4))
        self.maps = nn.Conv2d(d4, len(MAP_CHANNELS), 1)
        self.presence = nn.Conv2d(w32, 1, 1)
        nn.init.constant_(self.maps.bias, -2.0)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        x4 = self.level4(self.down4(self.stem(image)))
        x8 = self.level8(self.down8(x4))
        x16 = self.level16(self.down16(x8))
        x32 = self.level32(self.down32(x16))
        whole = self.whole(x32.mean((2, 3), keepdim=True))
        x32 = x32 + whole
        y = self.decode16(F.relu(enlarge(self.up32(x32)) + self.lateral16(x16)))
        y = self.decode8(F.relu(enlarge(self.up16(y)) + self.lateral8(x8)))
        y = self.decode4(F.relu(enlarge(self.up8(y)) + self.lateral4(x4)))
        return self.maps(y), self.presence(whole).flatten(1)


def multiply_adds(network: nn.Module) -> int:
    """Multiply-adds of all convolutions for one picture."""
    total = 0

    def count(layer: nn.Conv2d, _inputs: object, output: Tensor) -> None:
        nonlocal total
        total += layer.weight.numel() * output.shape[2] * output.shape[3]

    hooks = [m.register_forward_hook(count) for m in network.modules() if isinstance(m, nn.Conv2d)]
    training = network.training
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, 3, IMAGE_SIZE, IMAGE_SIZE))
    network.train(training)
    for hook in hooks:
        hook.remove()
    return total
