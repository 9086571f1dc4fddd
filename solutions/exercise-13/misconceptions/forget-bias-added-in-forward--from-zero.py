r"""Your `b_f` starts at 0, and a 1 is added in `forward`, at every step (an early LSTM of TensorFlow did so). A new cell of yours begins
with the same gates as one with $b_f = 1$. But the contract puts the 1 into the start of the parameter, which then counts as it is. With
$b_f = 1$ in the worked example your gate is $\sigma(2) = 0.881$, where $f = \sigma(1) = 0.731$; and with weights that someone else has
trained, every forget gate would be too open. A starting value is set once, when the module is made. `forward` computes the formula, with
whatever the parameters have become.
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

    def forward(
        self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c)."""
        h, c = state
        # x @ W.T is W x for one x, and W x of every row for a batch.
        f = torch.sigmoid(x @ self.W_f.T + h @ self.U_f.T + self.b_f + 1)
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
