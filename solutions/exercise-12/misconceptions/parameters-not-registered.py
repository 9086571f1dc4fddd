r"""The module doesn't know your weights: `list(cell.parameters())` is empty. Perhaps they are plain tensors, or stand in a
plain list or dict. `forward` may work all the same, which hides the mistake. But an optimizer that is given `cell.parameters()` has nothing to
train, `cell.to(device)` leaves the weights behind, and `state_dict()` saves nothing. `requires_grad=True` isn't
enough: a weight is a parameter of its module if it is an attribute of it, and a `torch.nn.Parameter`.
"""

import torch


def weights(rows: int, columns: int) -> torch.Tensor:
    return torch.nn.init.xavier_uniform_(torch.empty(rows, columns)).requires_grad_()


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.zeros(d, requires_grad=True)
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.zeros(d, requires_grad=True)
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.zeros(d, requires_grad=True)

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
