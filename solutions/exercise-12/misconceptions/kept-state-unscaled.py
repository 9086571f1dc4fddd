r"""Here the candidate is added to the *whole* old state: $h' = h + z \odot \tilde h$; the factor $1 - z$ is
missing. That is a residual connection, and a gradient does pass it well; but no gate ever
lets go of the old state. With
$z = 0.5$ and $\tilde h = 0.9$ at each step a state of 0 grows to $4.5$ in ten steps, far outside the range of a $\tanh$.
In the worked example you get $0.376$, not $0.241$. A gate *replaces*: as much as comes in, $z$, must go out, so
the shares $1 - z$ and $z$ add up to 1, and $h'$ lies between $h$ and $\tilde h$. A shut gate hides the mistake, an
open one shows it.
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
        return h + z * candidate
