r"""The module doesn't know your weights. Perhaps they are plain tensors, or stand in a plain list or dict. `forward` may work all the same, but
`parameters()` is empty, an optimizer that is made from it has nothing to train, and `state_dict()` saves nothing.
Count them: a cell with $n = 5$ and $d = 3$ has $4 \cdot (3 \cdot 5 + 3 \cdot 3 + 3) = 108$ numbers to learn, and
yours reports 0. A module takes up a tensor when it comes as a `torch.nn.Parameter`.
"""

import torch
from torch.nn import Parameter, init


class LSTMCell(torch.nn.Module):
    """One LSTM step: c' = f * c + i * g and h' = o * tanh(c')."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        for gate in ("f", "i", "g", "o"):
            W, U = torch.empty(hidden_size, input_size), torch.empty(hidden_size, hidden_size)
            setattr(self, "W_" + gate, init.xavier_uniform_(W))
            setattr(self, "U_" + gate, init.orthogonal_(U))
            setattr(self, "b_" + gate, torch.zeros(hidden_size))
        # Start by keeping: at 0 the forget gate would halve the cell, and its gradient, at every step.
        init.ones_(self.b_f)

    def forward(
        self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c)."""
        h, c = state
        # x @ W.T is W x for one x, and W x of every row for a batch.
        f = torch.sigmoid(x @ self.W_f.T + h @ self.U_f.T + self.b_f)
        i = torch.sigmoid(x @ self.W_i.T + h @ self.U_i.T + self.b_i)
        g = torch.tanh(x @ self.W_g.T + h @ self.U_g.T + self.b_g)
        o = torch.sigmoid(x @ self.W_o.T + h @ self.U_o.T + self.b_o)
        # The additive path: c reaches c' without a matrix and without a tanh.
        c_next = f * c + i * g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
