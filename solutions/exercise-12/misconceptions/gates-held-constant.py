r"""Your gradient is cut at the gates, as if $z$ and $r$ were constants. The numbers forward are right, and the
additive path is intact. But $h$ acts on $h'$ through the gates, too: differentiate
$(1 - z) \odot h + z \odot \tilde h$ with respect to $h$, and there is a term
$(\tilde h - h) \odot \partial z / \partial h$. In the worked example that one alone is
$-0.962 \cdot 0.1966 \cdot (-1) = 0.189$, beside $1 - z = 0.731$. And with no gradient at the gates, $W_z$,
$U_z$ and $b_z$ would never learn what to keep. Let autograd follow every path.
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
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z).detach()
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r).detach()
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
