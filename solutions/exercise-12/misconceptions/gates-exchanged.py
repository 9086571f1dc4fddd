r"""The two gates have changed places: $r$ does the blending, and $z$ hides the old state from the candidate (or each is
computed with the weights of the other, which comes to the same).
Update: $z$ decides what is *replaced* in the new state. Reset: $r$ decides what the *candidate* sees. In the worked
example the blend must use $z = 0.269$ and the candidate $r = 0.5$; the other way round $\tilde h = -0.745$ and
$h' = -0.123$, where it should be $0.241$. A test: with $z = 0$ everywhere $h'$ must be $h$, whatever $r$ is.
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
        candidate = torch.tanh(x @ self.W_h.T + (z * h) @ self.U_h.T + self.b_h)
        return (1 - r) * h + r * candidate
