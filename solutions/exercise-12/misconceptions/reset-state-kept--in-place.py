r"""Here the old state is overwritten by $r \odot h$, as `h *= r` does, and so the reset state stands in the blend as well. The reset gate decides what the *candidate* may see; what is *kept* is up to $z$ alone. In the
worked example the kept part is $0.731 \cdot 0.5 = 0.366$; yours is $0.731 \cdot 0.25 = 0.183$. Shut both gates: with $z = 0$ the state must pass untouched, but with $r = 0$ yours is wiped. The caller loses the
old state, too: after the call of the worked example the `h` that was handed in is $0.25$, not $0.5$. Give the reset state a name of its own.
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
        h *= r
        candidate = torch.tanh(x @ self.W_h.T + h @ self.U_h.T + self.b_h)
        # The first term is the additive path: h reaches h' without a matrix and without a tanh.
        return (1 - z) * h + z * candidate
