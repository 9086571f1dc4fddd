r"""A $\sigma$ stands where a $\tanh$ belongs, or the other way round. A *gate* is a share, so it must lie between
0 and 1: that is $\sigma$. A *candidate* is a state, which may be negative, between $-1$ and $1$: that is $\tanh$.
In the worked example a gate made with $\tanh$ is $\tanh(-1) = -0.762$, so $1 - z = 1.762$ and the "kept" state
grows; a candidate made with $\sigma$ is $\sigma(-0.5) = 0.378$, and it could never be below 0, so with gates
between 0 and 1 no unit could ever be pushed below 0. Ask of each value what range it must have.
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
        z = torch.tanh(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.tanh(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.sigmoid(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
