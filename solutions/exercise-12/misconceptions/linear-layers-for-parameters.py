r"""Your cell is built from linear layers, such as `torch.nn.Linear`. The formula may be right, but the parameters are not the
contract's: a layer called `W_z` holds `W_z.weight` and `W_z.bias`, and there is no `b_z`. With a layer for $W$
*and* one for $U$ each sum even gets two biases, twelve parameters in place of nine. Whoever loads weights by name
finds none of them. Make each of the nine a `torch.nn.Parameter` of its own; `torch.nn.functional.linear` takes such
a matrix and does the product.
"""

import torch


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.W_z, self.U_z = torch.nn.Linear(input_size, hidden_size), torch.nn.Linear(hidden_size, hidden_size)
        self.W_r, self.U_r = torch.nn.Linear(input_size, hidden_size), torch.nn.Linear(hidden_size, hidden_size)
        self.W_h, self.U_h = torch.nn.Linear(input_size, hidden_size), torch.nn.Linear(hidden_size, hidden_size)

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        z = torch.sigmoid(self.W_z(x) + self.U_z(h))
        r = torch.sigmoid(self.W_r(x) + self.U_r(h))
        candidate = torch.tanh(self.W_h(x) + self.U_h(r * h))
        return (1 - z) * h + z * candidate
