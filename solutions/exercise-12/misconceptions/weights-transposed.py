r"""The weights are used the wrong way round here, as in `x @ W`: for a vector that is $W^\top x$, and the contract wants
$W x$. Where $d \neq n$ torch complains about the shapes; where $d = n$ nothing does, and only the numbers are
wrong. Take $U = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$ and $h = (1, 0)$: $U h = (0, 0)$, because unit 0
sends to nobody, but `h @ U` is $(0, 1)$. The rows of a weight matrix belong to the units that *receive*. Some
libraries store it the other way; then a checkpoint of theirs looks right and isn't.
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
        z = torch.sigmoid(x @ self.W_z + h @ self.U_z + self.b_z)
        r = torch.sigmoid(x @ self.W_r + h @ self.U_r + self.b_r)
        candidate = torch.tanh(x @ self.W_h + (r * h) @ self.U_h + self.b_h)
        return (1 - z) * h + z * candidate
