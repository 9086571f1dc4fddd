r"""Here $r \odot h$ stands in the blend as well, perhaps because `h = r * h` overwrote the state. The reset gate
decides what the *candidate* may see; what is *kept* is up to $z$ alone. In the worked example the kept part is
$0.731 \cdot 0.5 = 0.366$; yours is $0.731 \cdot 0.25 = 0.183$. Shut both gates: with $z = 0$ the state must pass
untouched, but with $r = 0$ yours is wiped. That closes the additive path, the very thing the cell is built for.
Give the reset state a name of its own.
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
        h = r * h
        candidate = torch.tanh(x @ self.W_h.T + h @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
