"""torch.nn.functional.linear, which applies W from the left to single vectors and to batches alike."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        bound = 1 / math.sqrt(hidden_size)
        for gate in "zrh":
            for name, shape in (
                ("W", (hidden_size, input_size)),
                ("U", (hidden_size, hidden_size)),
                ("b", (hidden_size,)),
            ):
                self.register_parameter(f"{name}_{gate}", nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        def gate(name, state):
            W, U, b = (getattr(self, f"{kind}_{name}") for kind in "WUb")
            return F.linear(x, W, b) + F.linear(state, U)

        z = gate("z", h).sigmoid()
        r = gate("r", h).sigmoid()
        return torch.lerp(h, gate("h", r * h).tanh(), z)
