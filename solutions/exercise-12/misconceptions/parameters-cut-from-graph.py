r"""No gradient reaches your parameters, or not those of the gates. Perhaps only their numbers are taken (`.data`, `.detach()`, `torch.tensor(W)` and `no_grad()`
hand over the values and leave the graph behind), or they are made with `requires_grad=False`. Forward everything agrees, and even $\partial h'/\partial h$ is right. But for autograd such a weight is a constant: in the worked example, nudging
$b_z$ by $0.01$ moves $h'$ by about $-0.962 \cdot 0.197 \cdot 0.01 = -0.0019$, while `b_z.grad` stays `None`, and so an optimizer never moves it. A parameter
*is* a tensor: compute with it as it stands.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    """A weight matrix with a start that keeps the scale of what passes through it."""
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    """One GRU step. Here z = 0 keeps the old state (torch.nn.GRU uses the opposite letter)."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        """The next state, (d,) for one input or (B, d) for a batch."""
        z = torch.sigmoid(x @ self.W_z.data.T + h @ self.U_z.data.T + self.b_z.data)
        r = torch.sigmoid(x @ self.W_r.data.T + h @ self.U_r.data.T + self.b_r.data)
        candidate = torch.tanh(x @ self.W_h.data.T + (r * h) @ self.U_h.data.T + self.b_h.data)
        return (1 - z) * h + z * candidate
