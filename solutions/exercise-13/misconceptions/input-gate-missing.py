r"""Here the whole candidate is added: $f \odot c + g$. In the worked example that gives $1.462 - 0.462 = 1$, where
$c' = 1.231$. With no gate before it, whatever the candidate makes of an input is written into the cell, noise included, at every
step. New content passes its gate before it enters. With $i = 0$ and $f = 1$ the cell must not notice the
input at all.
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
        # x @ W.T is W x for one x, and W x of every row for a batch.
        f = torch.sigmoid(x @ self.W_f.T + h @ self.U_f.T + self.b_f)
        i = torch.sigmoid(x @ self.W_i.T + h @ self.U_i.T + self.b_i)
        g = torch.tanh(x @ self.W_g.T + h @ self.U_g.T + self.b_g)
        o = torch.sigmoid(x @ self.W_o.T + h @ self.U_o.T + self.b_o)
        c_next = f * c + g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
