r"""Here the *whole* candidate is added to what is kept: $h' = (1 - z) \odot h + \tilde h$; the factor $z$ is
missing. Then a shut gate isn't shut: at $z = 0$ the contract wants $h' = h$, and yours is $h + \tilde h$, new
content at every step. In the worked example you get $-0.097$, not $0.241$. The shares $1 - z$ and $z$ add up to
1, so that $h'$ lies between $h$ and $\tilde h$. In the worked example yours does, too, but where both are $0.5$ and
$z = 0.1$ it is $0.9 \cdot 0.5 + 0.5 = 0.95$.
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
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + candidate
