r"""Your reset gate acts *after* the matrix: $r \odot (U_h h)$, as `torch.nn.GRU` does. With one unit it makes no
difference, so the worked example passes. Take two, where $U_h$ sends unit 1 to unit 0, with $h = (0, 0.9)$ and
$r = (1, 0)$. Unit 1 is reset, so no candidate may see it: $U_h (r \odot h) = (0, 0)$. But $U_h h = (0.9, 0)$, and
unit 0's own gate is open: yours lets the $0.9$ through. In this contract $r[j]$ hides unit $j$ as a *sender*,
before the units are mixed.
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
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + r * (h @ self.U_h.T) + self.b_h)
        return (1 - z) * h + z * candidate
