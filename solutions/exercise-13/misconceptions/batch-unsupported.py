r"""Your cell is right for one input and wrong for a batch. `W @ x` takes $x$ as a column, but in a batch each example
is a **row**: `(3, 5) @ (4, 5)` doesn't fit. Where the batch happens to be as large as both input and state, it does fit, and
that is worse: each result then mixes numbers of different examples. Write the product so that the last axis of `x` is the
one that is summed over. Then `(n,)` and `(B, n)` are the same line.
"""

import torch
from torch.nn import Parameter, init


class LSTMCell(torch.nn.Module):
    """One LSTM step: c' = f * c + i * g and h' = o * tanh(c')."""

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        for gate in ("f", "i", "g", "o"):
            W, U = torch.empty(hidden_size, input_size), torch.empty(hidden_size, hidden_size)
            self.register_parameter("W_" + gate, Parameter(init.xavier_uniform_(W)))
            self.register_parameter("U_" + gate, Parameter(init.orthogonal_(U)))
            self.register_parameter("b_" + gate, Parameter(torch.zeros(hidden_size)))
        # Start by keeping: at 0 the forget gate would halve the cell, and its gradient, at every step.
        init.ones_(self.b_f)

    def forward(
        self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c)."""
        h, c = state
        f = torch.sigmoid(self.W_f @ x + self.U_f @ h + self.b_f)
        i = torch.sigmoid(self.W_i @ x + self.U_i @ h + self.b_i)
        g = torch.tanh(self.W_g @ x + self.U_g @ h + self.b_g)
        o = torch.sigmoid(self.W_o @ x + self.U_o @ h + self.b_o)
        # The additive path: c reaches c' without a matrix and without a tanh.
        c_next = f * c + i * g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
