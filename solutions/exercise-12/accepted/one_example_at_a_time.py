"""Written for column vectors as in the formula, W @ x; a batch is a stack of single answers."""

import torch
from torch.nn import Module, Parameter


class GRUCell(Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.W_z = Parameter(torch.rand(hidden_size, input_size) - 0.5)
        self.U_z = Parameter(torch.rand(hidden_size, hidden_size) - 0.5)
        self.b_z = Parameter(torch.full((hidden_size,), -2.0))
        self.W_r = Parameter(torch.rand(hidden_size, input_size) - 0.5)
        self.U_r = Parameter(torch.rand(hidden_size, hidden_size) - 0.5)
        self.b_r = Parameter(torch.zeros(hidden_size))
        self.W_h = Parameter(torch.rand(hidden_size, input_size) - 0.5)
        self.U_h = Parameter(torch.rand(hidden_size, hidden_size) - 0.5)
        self.b_h = Parameter(torch.zeros(hidden_size))

    def forward(self, x, h):
        if x.ndim == 2:
            return torch.stack([self(row, state) for row, state in zip(x, h, strict=True)])
        update = 1 / (1 + torch.exp(-(self.W_z @ x + self.U_z @ h + self.b_z)))
        reset = 1 / (1 + torch.exp(-(self.W_r @ x + self.U_r @ h + self.b_r)))
        candidate = torch.tanh(self.W_h @ x + self.U_h @ (reset * h) + self.b_h)
        return h - update * h + update * candidate
