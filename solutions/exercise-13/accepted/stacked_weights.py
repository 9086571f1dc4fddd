"""One matrix product for all four, cut into chunks; the gain through logarithms."""

import torch
from torch import nn


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        k = hidden_size**-0.5
        for gate in "figo":
            setattr(self, f"W_{gate}", nn.Parameter(torch.empty(hidden_size, input_size).uniform_(-k, k)))
            setattr(self, f"U_{gate}", nn.Parameter(torch.empty(hidden_size, hidden_size).uniform_(-k, k)))
            setattr(self, f"b_{gate}", nn.Parameter(torch.full((hidden_size,), 1.0 if gate == "f" else 0.0)))

    def forward(self, x, state):
        h, c = state
        weights = torch.cat([torch.cat([getattr(self, f"W_{g}"), getattr(self, f"U_{g}")], dim=1) for g in "fiog"])
        biases = torch.cat([self.b_f, self.b_i, self.b_o, self.b_g])
        sums = nn.functional.linear(torch.cat([x, h], dim=-1), weights, biases)
        d = h.shape[-1]
        f, i, o = sums[..., : 3 * d].sigmoid().chunk(3, dim=-1)
        c = f * c + i * sums[..., 3 * d :].tanh()
        return o * c.tanh(), c


def cell_path_gain(forget_gates):
    return forget_gates.log().sum(dim=0).exp()
