r"""Where the reset gate belongs, your cell computes with the value of the update gate. Perhaps a line was copied, and not
every letter in it was changed; or the candidate takes $z$ for $r$. Each gate has three parameters of its own, since each
has its own question to answer: *should I replace this?* and *should the candidate see this?* In the worked example $h$ is
scaled by $0.269$ in the candidate, where $r$ should be $\sigma(0) = 0.5$. Nothing crashes, because the shapes are the
same. Read the lines of the gates and of the candidate letter by letter: does each name what is its own?
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
        r = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
