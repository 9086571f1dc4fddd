"""A batch as columns: everything transposed on the way in and on the way out."""

import torch


class GRUCell(torch.nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        shapes = {"W": (hidden_size, input_size), "U": (hidden_size, hidden_size), "b": (hidden_size,)}
        for gate in "zrh":
            for kind, shape in shapes.items():
                setattr(self, f"{kind}_{gate}", torch.nn.Parameter(torch.empty(*shape).normal_(std=0.2)))

    def _sum(self, gate, x, h):
        W, U, b = getattr(self, f"W_{gate}"), getattr(self, f"U_{gate}"), getattr(self, f"b_{gate}")
        return torch.matmul(W, x) + torch.matmul(U, h) + b.reshape(-1, 1)

    def forward(self, x, h):
        x_columns = x.reshape(-1, x.shape[-1]).transpose(0, 1)
        h_columns = h.reshape(-1, h.shape[-1]).transpose(0, 1)
        keep = torch.sigmoid(-self._sum("z", x_columns, h_columns))
        reset = torch.sigmoid(self._sum("r", x_columns, h_columns))
        candidate = torch.tanh(self._sum("h", x_columns, reset * h_columns))
        return (keep * h_columns + (1 - keep) * candidate).transpose(0, 1).reshape(h.shape)
