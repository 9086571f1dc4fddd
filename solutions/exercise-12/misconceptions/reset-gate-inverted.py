r"""Your candidate sees $1 - r$ of the old state, as if 1 meant "reset". The name suggests it, but $r$
multiplies the state: $r = 1$ shows all of it, $r = 0$ hides it. In the worked example $r = 0.5$, where the two
readings agree. With $r = 1$ they differ: the candidate's sum is then $-2 + 4 \cdot 0.5 + 0.5 = 0.5$, while
yours leaves the state out and gets $-2 + 0.5 = -1.5$. Read it as "how much may the candidate see".
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
        candidate = torch.tanh(x @ self.W_h.T + ((1 - r) * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
