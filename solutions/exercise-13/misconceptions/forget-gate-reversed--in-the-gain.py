r"""Your gain is the product of $1 - f$, as if a forget gate said what is lost. It says what is kept: $c' = f \odot c + \dots$, so that each step multiplies a gradient by $f$. For the gates
$0.9$, $0.8$, $1$ of one unit the product of the gates is $0.72$; yours is $0.1 \cdot 0.2 \cdot 0 = 0$, as if nothing came through the gate that stands wide open.
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
        c_next = f * c + i * g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """One number for each unit."""
    return (1 - forget_gates).prod(dim=0)
