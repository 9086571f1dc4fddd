"""Loops for ever in torch: in forward, and in the backward pass of a function of its own.

exercise: exercise-12
status: [timeout, skipped, failed, error]
"""

import torch


class GRUCell(torch.nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()

    def forward(self, x, h):
        while True:
            h = torch.tanh(h)
