"""Always a batch inside: a single example becomes a batch of one and is taken out again."""

import torch
from torch import nn


class GRUCell(nn.Module):
    def __init__(self, input_size: int, hidden_size: int):
        nn.Module.__init__(self)
        self.hidden_size = hidden_size
        for gate in ["z", "r", "h"]:
            self.register_parameter("W_" + gate, nn.Parameter(torch.zeros(hidden_size, input_size)))
            self.register_parameter("U_" + gate, nn.Parameter(torch.zeros(hidden_size, hidden_size)))
            self.register_parameter("b_" + gate, nn.Parameter(torch.zeros(hidden_size)))

    def forward(self, x, h):
        if x.dim() == 1:
            return self._advance(x.unsqueeze(0), h.unsqueeze(0)).squeeze(0)
        return self._advance(x, h)

    def _advance(self, x, h):
        z = torch.addmm(torch.addmm(self.b_z, x, self.W_z.t()), h, self.U_z.t()).sigmoid()
        r = torch.addmm(torch.addmm(self.b_r, x, self.W_r.t()), h, self.U_r.t()).sigmoid()
        new = torch.addmm(torch.addmm(self.b_h, x, self.W_h.t()), r * h, self.U_h.t()).tanh()
        return torch.addcmul(z * new, 1 - z, h)
