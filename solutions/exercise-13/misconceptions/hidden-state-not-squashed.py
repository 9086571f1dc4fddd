r"""Your cell is shown as it is: $h' = o \odot c'$. In the worked example that is $0.8808 \cdot 1.231 = 1.084$, and a
hidden state above 1 can't be right: $h'$ is a gate times a $\tanh$. The cell may grow without bound, since it adds
something at every step: with $f = i = g = 1$ a cell of 0 has grown to 10 after 10 steps. Fed into $U h$ like that, it can
push gates into saturation. The cell itself stays free; what is shown of it is squashed.
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
        # The additive path: c reaches c' without a matrix and without a tanh.
        c_next = f * c + i * g
        h_next = o * c_next
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
