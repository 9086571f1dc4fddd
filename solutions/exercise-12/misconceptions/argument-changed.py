r"""Your numbers are right, but the new state is written into the caller's tensor: `h *= …`, `h += …` and every
method whose name ends in `_` change the very tensor that was handed in. In the worked example the caller's `h` is
$0.5$ before the call and $0.241$ after it, so a list of the states no longer holds what was put into it.
Autograd needs the old $h$ for the backward pass as well, and refuses: in `backward()`, or, where $h$ itself asks for a
gradient, at once ("a leaf Variable that requires grad is being used in an in-place operation"). Compute a new tensor.
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
        h *= 1 - z
        h += z * candidate
        return h
