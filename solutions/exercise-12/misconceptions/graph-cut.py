r"""Your numbers are right, but the gradient ends inside the cell: `detach()`, `torch.no_grad()`, `.data` or a detour
over numpy or Python numbers cuts the graph. Forward nobody notices. Backward, $\partial h'/\partial h$ is 0, so after one step nothing is left, where even
a vanilla RNN would leave something; with $b_z = -4$ and nothing else a GRU should still have $0.40$ of it after fifty. `detach()` between two
*pieces* of a long sequence, in the training loop, is a fine way to bound memory (truncated backpropagation); inside
the step it removes the very path this cell exists for.
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
        h = h.detach()
        z = torch.sigmoid(x @ self.W_z.T + h @ self.U_z.T + self.b_z)
        r = torch.sigmoid(x @ self.W_r.T + h @ self.U_r.T + self.b_r)
        candidate = torch.tanh(x @ self.W_h.T + (r * h) @ self.U_h.T + self.b_h)
        return (1 - z) * h + z * candidate
