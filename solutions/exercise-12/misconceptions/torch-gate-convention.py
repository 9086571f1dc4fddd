r"""Here $z$ keeps the old state and $1 - z$ replaces it: $h' = (1 - z) \odot \tilde h + z \odot h$. So does
`torch.nn.GRU`; this course uses the letter the other way round, $z$ for the share that is replaced. In the worked
example $z = 0.269$, so 73 % of $h = 0.5$ is kept and $h' = 0.241$; yours keeps 27 % and gives $-0.203$. The shut
gate shows it best: at $z = 0$ the contract wants $h' = h$, and yours drops the whole state. Neither convention is
better, but weights learned with one are wrong with the other. So, with any GRU, first ask what $z = 0$ does.
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
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * candidate + z * h
