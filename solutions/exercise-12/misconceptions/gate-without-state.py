r"""Your gates look at the input only: $U h$ is missing from a gate's sum. Then a gate can't know what the unit
holds, and so it can't say "take this in only if nothing is held yet". In the worked example the update gate's sum is
$0.5 - 0.5 - 1 = -1$; without the state it is $0.5 - 1 = -0.5$, and $z$ rises from $0.269$ to $0.378$. It also cuts
one of the ways of the gradient: $h$ acts on $h'$ through the gates, too. Both gates see both, $x$ and $h$.
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
        z = torch.sigmoid(x @ self.W_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
