r"""Your sums are built from linear layers, such as `torch.nn.Linear`. They can compute the same, but their parameters are called
`W_f.weight` and `W_f.bias`, so whoever looks for `W_f`, of shape `(d, n)`, finds a layer. Two layers with a bias each
would also add two biases where the formula has one: 12 numbers more, 120 in place of 108, for $n = 5$ and $d = 3$.
The names are part of the contract, since others will fill in their weights by name. Make the twelve tensors
parameters of the cell itself.
"""

import torch
from torch.nn import Parameter, init


class LSTMCell(torch.nn.Module):
    """One LSTM step: c' = f * c + i * g and h' = o * tanh(c')."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        for gate in ("f", "i", "g", "o"):
            self.add_module("W_" + gate, torch.nn.Linear(input_size, hidden_size))
            self.add_module("U_" + gate, torch.nn.Linear(hidden_size, hidden_size))
        # Start by keeping: at 0 the forget gate would halve the cell, and its gradient, at every step.
        init.ones_(self.W_f.bias)

    def forward(
        self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c)."""
        h, c = state
        f = torch.sigmoid(self.W_f(x) + self.U_f(h))
        i = torch.sigmoid(self.W_i(x) + self.U_i(h))
        g = torch.tanh(self.W_g(x) + self.U_g(h))
        o = torch.sigmoid(self.W_o(x) + self.U_o(h))
        # The additive path: c reaches c' without a matrix and without a tanh.
        c_next = f * c + i * g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
