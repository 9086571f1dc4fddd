r"""Your reset gate goes through a $\tanh$, where a gate goes through a $\sigma$. In the worked example its sum is 0, so yours is $\tanh(0) = 0$ and hides the old state altogether, where
$\sigma(0) = 0.5$ lets half of it through. With a sum of $-1$ yours is $-0.762$: the candidate sees the old state with its sign turned round, where $\sigma(-1) = 0.269$ shows 27 % of it. A gate says which share is
seen, so it must lie between 0 and 1.
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
        r = torch.tanh(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        # The reset gate acts on the state, before U_h mixes the units.
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        # The first term is the additive path: h reaches h' without a matrix and without a tanh.
        return (1 - z) * h + z * candidate
