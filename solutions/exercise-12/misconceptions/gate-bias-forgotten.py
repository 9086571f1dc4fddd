r"""One of the three sums lacks its bias: two gates and a candidate, and each has a `b`. In the worked example the
update gate without $b_z$ is $\sigma(0) = 0.5$ in place of $0.269$, the reset gate without $b_r$ is
$\sigma(2) = 0.881$ in place of $0.5$, and the candidate without $b_h$ is $\tanh(-1) = -0.762$ in place of $-0.462$.
It isn't a detail: $b_z = -4$ is what shuts the update gate before anything is learned, and so what lets a gradient
live for fifty steps. A parameter without effect gets no gradient, either: look for one whose `.grad` stays `None`.
"""

import torch


def weights(rows: int, columns: int) -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


class GRUCell(torch.nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        n, d = input_size, hidden_size
        self.W_z, self.U_z, self.b_z = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_r, self.U_r, self.b_r = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))
        self.W_h, self.U_h, self.b_h = weights(d, n), weights(d, d), torch.nn.Parameter(torch.zeros(d))

    def forward(self, x: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
