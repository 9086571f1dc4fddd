r"""From the second call on your cell uses a state that it has kept itself, in place of the `h` that it is given. In
one unbroken sequence it makes no difference, since the state that comes in is the one that went out. But ask about
a new sequence, and the memory of the old one leaks into it; ask the same question twice, and you get two answers.
It also keeps the graph of every step alive. A cell computes one step from its arguments; whoever calls it keeps
the state.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.state: torch.Tensor | None = None
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        if self.state is not None and self.state.shape == h.shape:
            h = self.state
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        self.state = (1 - z) * h + z * candidate
        return self.state
