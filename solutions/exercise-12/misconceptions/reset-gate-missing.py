r"""Your candidate sees the whole old state: $U_h h$, where $U_h (r \odot h)$ is asked for. The reset gate may be
computed, but it doesn't do anything. In the worked example $r = 0.5$ lets half of $h = 0.5$ through, so the
candidate's sum is $-2 + 4 \cdot (0.5 \cdot 0.5) + 0.5 = -0.5$; without the gate it is
$-2 + 4 \cdot 0.5 + 0.5 = 0.5$, and $\tilde h$ is $0.462$ where it should be $-0.462$: $h'$ is $0.490$
in place of $0.241$. The gate exists so that a unit can make a fresh start from the input alone: at $r = 0$ the candidate must not
notice $h$ at all.
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
        candidate = torch.tanh(x @ self.W_h.T + h @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
