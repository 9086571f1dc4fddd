r"""Your cell is right for one input and wrong for a batch. `W @ x` with $W$ of shape `(d, n)` expects $x$ as a
column, but in a batch each example is a *row*: `(3, 5) @ (4, 5)` doesn't fit. Worse, where batch and sizes happen
to be equal it does fit, and then each result mixes numbers of *different examples*. Write the product so that the
last axis is the one that is summed; then a single `(n,)` and a batch `(B, n)` are the same line.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        z = torch.sigmoid(self.W_z @ x + self.U_z @ h + self.b_z)
        r = torch.sigmoid(self.W_r @ x + self.U_r @ h + self.b_r)
        candidate = torch.tanh(self.W_h @ x + self.U_h @ (r * h) + self.b_h)
        return (1 - z) * h + z * candidate
