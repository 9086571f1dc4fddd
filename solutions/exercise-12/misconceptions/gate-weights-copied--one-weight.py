r"""Your reset gate comes out as with a weight of the update gate. Perhaps a line was copied, and not every letter in it was changed. Each
gate has three parameters of its own, since each has its own question to answer: *should I replace this?* and *should
the candidate see this?* In the worked example the sum of $r$ should be $1 + 1 - 2 = 0$; with $U_z$ in place of $U_r$ it
is $1 - 0.5 - 2 = -1.5$, and $r$ falls from $0.5$ to $0.182$. Nothing crashes, because the shapes are the same; the sign
to look for is a parameter that has no effect. Read the line of each gate letter by letter.
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
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_z.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
