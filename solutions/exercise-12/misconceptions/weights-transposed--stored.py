r"""Your weights are stored the other way round: `W_*` as `(n, d)`, perhaps so that `x @ W` needs no transpose. As a design
that is fine, and some libraries do it. But the contract says $W x$ with `W_*` of shape `(d, n)`: rows for the units
that receive, columns for the senders, as in `torch.nn.GRUCell`. With $d = 3$ and $n = 5$ somebody else's weights
don't fit into yours; with $d = n$ they do fit, and each connection then runs backwards, in silence. The shape of a
parameter is part of the interface of a module.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(n, d), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(n, d), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(n, d), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        z = torch.sigmoid(x @ self.W_z + h @ self.U_z + self.b_z)
        r = torch.sigmoid(x @ self.W_r + h @ self.U_r + self.b_r)
        candidate = torch.tanh(x @ self.W_h + (r * h) @ self.U_h + self.b_h)
        return (1 - z) * h + z * candidate
