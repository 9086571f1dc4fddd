r"""No gradient reaches your parameters, or not those of the gates. Perhaps only their numbers are taken (`.data`, `.detach()`, `torch.tensor(W)` and `no_grad()`
hand over the values and leave the graph behind), or they are made with `requires_grad=False`. Forward everything agrees, and the gradients of $h$ and $c$ are right, too. But for autograd such a weight is a constant: in the worked example, nudging
$b_f$ by $0.01$ moves $c'$ by about $2 \cdot 0.197 \cdot 0.01 = 0.0039$, while `b_f.grad` stays `None`, and so an optimizer never moves it: the gates stay where
they started, and nothing is learned about what to keep. A parameter *is* a tensor: compute with it as it stands.
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
        init.ones_(self.b_f)

    def forward(self, x: torch.Tensor, state: tuple[torch.Tensor, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """The next state (h', c') from the input x and the state (h, c)."""
        h, c = state
        f = torch.sigmoid(x @ self.W_f.data.T + h @ self.U_f.data.T + self.b_f.data)
        i = torch.sigmoid(x @ self.W_i.data.T + h @ self.U_i.data.T + self.b_i.data)
        g = torch.tanh(x @ self.W_g.data.T + h @ self.U_g.data.T + self.b_g.data)
        o = torch.sigmoid(x @ self.W_o.data.T + h @ self.U_o.data.T + self.b_o.data)
        c_next = f * c + i * g
        h_next = o * torch.tanh(c_next)
        return h_next, c_next


def cell_path_gain(forget_gates: torch.Tensor) -> torch.Tensor:
    """The product over time (the first axis), one number for each unit."""
    return forget_gates.prod(dim=0)
