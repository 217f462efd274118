"""Writes the trained network as a tfjs graph model with 8-bit weights.

Batch norm is folded into the convolutions; each convolution's weights are quantised to int8, symmetrically, with one scale for
each output channel; biases stay float32. The page's loader turns them back into float32 before tfjs sees them.
The temperature of the calibration is folded into the head.

    python3 export.py checkpoint.pt ../ --temperature 1.1        writes ../model.json and ../weights.bin
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import torch

from network import IMAGE_SIZE, OUTPUTS, CharacterReader, Convolution, Residual


def folded(layer: Convolution) -> tuple[np.ndarray, np.ndarray]:
    """Weights [out, in, k, k] and biases [out] of a convolution with its batch norm folded in."""
    norm = layer.norm
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = layer.weight.weight * scale[:, None, None, None]
    bias = norm.bias - norm.running_mean * scale
    return weight.detach().double().numpy(), bias.detach().double().numpy()


def quantised(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 weights and the scale of each output channel (axis 0), rounded to six digits before it is used."""
    largest = np.abs(weight).reshape(len(weight), -1).max(1)
    scales = np.array([float(f"{max(value, 1e-12) / 127:.6g}") for value in largest])
    steps = np.clip(np.rint(weight / scales[:, None, None, None]), -127, 127)
    return steps.astype(np.int8), scales


def quantised_copy(network: CharacterReader, temperature: float = 1.0) -> CharacterReader:
    """The network as the page runs it, in torch: batch norm folded, weights rounded to int8 and back."""
    copy = CharacterReader()
    copy.load_state_dict(network.state_dict())
    copy.eval()
    for module in copy.modules():
        if isinstance(module, Convolution):
            weight, bias = folded(module)
            steps, scales = quantised(weight)
            module.weight.weight.data = torch.tensor(steps * scales[:, None, None, None], dtype=torch.float32)
            module.norm.weight.data.fill_(float(np.sqrt(1 + module.norm.eps)))
            module.norm.running_var.fill_(1.0)
            module.norm.running_mean.zero_()
            module.norm.bias.data = torch.tensor(bias, dtype=torch.float32)
    steps, scales = quantised(copy.head.weight.detach().double().numpy() / temperature)
    copy.head.weight.data = torch.tensor(steps * scales[:, None, None, None], dtype=torch.float32)
    copy.head.bias.data /= temperature
    return copy


def text(value: str) -> dict[str, str]:
    return {"s": base64.b64encode(value.encode()).decode()}


def whole_numbers(values: list[int]) -> dict[str, object]:
    return {"list": {"i": [str(value) for value in values]}}


def shape_of(shape: list[int]) -> dict[str, object]:
    return {"dim": [{"size": str(size)} for size in shape]}


FLOAT = {"type": "DT_FLOAT"}


class Graph:
    """Collects nodes, manifest entries and weight bytes of a tfjs graph model."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, object]] = []
        self.entries: list[dict[str, object]] = []
        self.data = bytearray()

    def node(self, name: str, op: str, inputs: list[str], **attributes: object) -> str:
        self.nodes.append({"name": name, "op": op, "input": inputs, "attr": {"T": FLOAT, **attributes}})
        return name

    def placeholder(self, name: str, shape: list[int]) -> str:
        self.nodes.append({"name": name, "op": "Placeholder", "attr": {"dtype": FLOAT, "shape": {"shape": shape_of(shape)}}})
        return name

    def constant(self, name: str, values: np.ndarray, scales: np.ndarray | None = None, axis: int = 0) -> str:
        """A float32 weight; with `scales` the values are int8 steps along `axis` that stand for float32."""
        self.nodes.append({"name": name, "op": "Const", "attr": {"dtype": FLOAT}})
        entry: dict[str, object] = {"name": name, "shape": list(values.shape), "dtype": "float32"}
        if scales is None:
            self.data += values.astype("<f4").tobytes()
        else:
            entry["quantization"] = {"dtype": "int8", "axis": axis, "scales": [float(f"{s:.6g}") for s in scales]}
            self.data += values.astype(np.int8).tobytes()
        self.entries.append(entry)
        return name

    def convolve(
        self,
        name: str,
        x: str,
        weight: np.ndarray,
        bias: np.ndarray,
        stride: int = 1,
        depthwise: bool = False,
        relu: bool = False,
        valid: bool = False,
    ) -> str:
        """`weight` as torch keeps it: [out, in / groups, k, k]."""
        steps, scales = quantised(weight)
        # TF: HWIO; depthwise [h, w, channels, 1], so the output channel is the third axis.
        stored, axis = (steps.transpose(2, 3, 0, 1), 2) if depthwise else (steps.transpose(2, 3, 1, 0), 3)
        inputs = [x, self.constant(f"{name}/weights", stored, scales, axis), self.constant(f"{name}/bias", bias)]
        fused = ["BiasAdd", "Relu"] if relu else ["BiasAdd"]
        return self.node(
            name,
            "FusedDepthwiseConv2dNative" if depthwise else "_FusedConv2D",
            inputs,
            strides=whole_numbers([1, stride, stride, 1]),
            dilations=whole_numbers([1, 1, 1, 1]),
            padding=text("VALID" if valid else "SAME"),
            data_format=text("NHWC"),
            fused_ops={"list": {"s": [text(op)["s"] for op in fused]}},
            num_args={"i": "1"},
            epsilon={"f": 0.0},
            explicit_paddings={"list": {}},
        )

    def layer(self, name: str, x: str, layer: Convolution) -> str:
        return self.convolve(
            name,
            x,
            *folded(layer),
            stride=layer.stride,
            depthwise=layer.depthwise,
            relu=layer.relu,
            valid=layer.valid,
        )

    def residual(self, name: str, x: str, block: Residual) -> str:
        inner = self.layer(f"{name}/b", self.layer(f"{name}/a", x, block.a), block.b)
        return self.node(f"{name}/relu", "Relu", [self.node(f"{name}/add", "AddV2", [x, inner])])


def written(network: CharacterReader, temperature: float) -> tuple[dict[str, object], bytes]:
    """The graph model (content of model.json) and its weights."""
    g = Graph()
    image = [1, IMAGE_SIZE, IMAGE_SIZE, 1]
    x = g.placeholder("image", image)
    for index, block in enumerate(network.body):
        x = (g.residual if isinstance(block, Residual) else g.layer)(f"body/{index}", x, block)
    head = network.head
    weight, bias = (value.detach().double().numpy() / temperature for value in (head.weight, head.bias))
    logits = g.convolve("logits", x, weight, bias)
    flat = g.node("flat", "Squeeze", [logits], squeeze_dims=whole_numbers([1, 2]))
    g.node("chances", "Softmax", [flat])
    signature = {
        "inputs": {"image": tensor_info("image", image)},
        "outputs": {"chances": tensor_info("chances", [1, OUTPUTS])},
    }
    model = {
        "format": "graph-model",
        "generatedBy": "models/handwriting/recipe/export.py",
        "convertedBy": None,
        "signature": signature,
        "modelTopology": {"node": g.nodes, "library": {}, "versions": {"producer": 1395}},
        "weightsManifest": [{"paths": ["weights.bin"], "weights": g.entries}],
    }
    return model, bytes(g.data)


def tensor_info(name: str, shape: list[int]) -> dict[str, object]:
    return {"name": f"{name}:0", "dtype": "DT_FLOAT", "tensorShape": shape_of(shape)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="written by train.py")
    parser.add_argument("folder", type=Path, help="where model.json and weights.bin go")
    parser.add_argument("--temperature", type=float, default=1.0, help="found by calibrate.py")
    arguments = parser.parse_args()
    network = CharacterReader()
    network.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["average"])
    network.eval()
    model, weights = written(network, arguments.temperature)
    (arguments.folder / "model.json").write_text(json.dumps(model, separators=(",", ":")) + "\n")
    (arguments.folder / "weights.bin").write_bytes(weights)
    print(f"weights.bin {len(weights)} bytes, {len(model['modelTopology']['node'])} nodes")


if __name__ == "__main__":
    main()
