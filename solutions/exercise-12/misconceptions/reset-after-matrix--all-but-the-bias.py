r"""Here the reset gate multiplies all of the candidate's sum but the bias, so it scales the input, too. With $r = 0$ yours is
$\tanh(b_h)$ whatever comes in: a unit that was told to start afresh from the input never sees it. In the worked example the
sum is $-2 + 4 \cdot (0.5 \cdot 0.5) + 0.5 = -0.5$; yours is $0.5 \cdot (-2 + 4 \cdot 0.5) + 0.5 = 0.5$. The reset gate hides
the *old state* only, and it does so before $U_h$ mixes the units.
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
        candidate = torch.tanh(r * (x @ self.W_h.T + h @ self.U_h.T) + self.b_h)
        return (1 - z) * h + z * candidate
