"""Helper functions for the sums, vectors moved through the matrices by mv and mm; the gain by reduce."""

from functools import reduce

import torch
import torch.nn.functional as F


class LSTMCell(torch.nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.gates = ["f", "i", "g", "o"]
        for name in self.gates:
            self.register_parameter(f"W_{name}", torch.nn.Parameter(torch.rand(hidden_size, input_size) - 0.5))
            self.register_parameter(f"U_{name}", torch.nn.Parameter(torch.rand(hidden_size, hidden_size) - 0.5))
            self.register_parameter(f"b_{name}", torch.nn.Parameter(torch.zeros(hidden_size)))
        with torch.no_grad():
            self.b_f += 1

    def forward(self, x, state):
        (h, c), value = state, {}
        for name in self.gates:
            W, U, b = (getattr(self, f"{kind}_{name}") for kind in "WUb")
            if x.ndim == 1:
                total = torch.mv(W, x) + torch.mv(U, h) + b
            else:
                total = torch.mm(W, x.t()).t() + F.linear(h, U, b)
            value[name] = torch.tanh(total) if name == "g" else torch.sigmoid(total)
        kept, new = torch.mul(value["f"], c), torch.mul(value["i"], value["g"])
        c = kept.add(new)
        return torch.mul(torch.tanh(c), value["o"]), c


def cell_path_gain(forget_gates):
    return reduce(torch.mul, forget_gates.unbind(0))
