r"""Your candidate is the bare sum, without its $\tanh$. In the worked example it is $-0.5$, where $\tanh(-0.5) = -0.462$ is right: a small difference, since the sum is small. But a sum of 8 would bring 8 into
the blend, where the $\tanh$ lets through no more than 1. The state goes into the next sum in its turn, so it can grow from step to step. Each of $z$, $r$ and $\tilde h$ is a sum that then goes through a squashing function.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    """A weight matrix with a start that keeps the scale of what passes through it."""
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    """One GRU step. Here z = 0 keeps the old state (torch.nn.GRU uses the opposite letter)."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        """The next state, (d,) for one input or (B, d) for a batch."""
        # x @ W.T is W x for one x, and W x of every row for a batch.
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        # The reset gate acts on the state, before U_h mixes the units.
        candidate = x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h
        # The first term is the additive path: h reaches h' without a matrix and without a tanh.
        return (1 - z) * h + z * candidate
