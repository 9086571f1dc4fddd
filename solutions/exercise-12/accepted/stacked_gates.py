"""Both gates in one product: their weights stacked side by side and above each other, [x, h] as one vector."""

import torch
from torch import nn


class GRUCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.W_r, self.W_h = (nn.Parameter(torch.randn(d, n) / n**0.5) for _ in range(3))
        self.U_z, self.U_r, self.U_h = (nn.Parameter(torch.randn(d, d) / d**0.5) for _ in range(3))
        self.b_z, self.b_r, self.b_h = (nn.Parameter(torch.zeros(d)) for _ in range(3))

    def forward(self, x, h):
        gates = torch.cat([torch.cat([self.W_z, self.U_z], dim=1), torch.cat([self.W_r, self.U_r], dim=1)])
        bias = torch.cat([self.b_z, self.b_r])
        z, r = torch.sigmoid(torch.cat([x, h], dim=-1) @ gates.T + bias).chunk(2, dim=-1)
        candidate = torch.cat([self.W_h, self.U_h], dim=1)
        n = torch.tanh(torch.cat([x, r * h], dim=-1) @ candidate.T + self.b_h)
        return z * n + h - z * h
