"""Everything as a batch, by einsum, with sigmoid and tanh written out; the gain in a loop."""

import torch


def sigma(z):
    return 1 / (1 + torch.exp(-z))


class LSTMCell(torch.nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        for name in ("f", "i", "g", "o"):
            self.register_parameter("W_" + name, torch.nn.Parameter(torch.zeros(hidden_size, input_size)))
            self.register_parameter("U_" + name, torch.nn.Parameter(torch.eye(hidden_size)))
            self.register_parameter("b_" + name, torch.nn.Parameter(torch.ones(hidden_size)))

    def total(self, name, x, h):
        parameters = dict(self.named_parameters())
        from_input = torch.einsum("dn,bn->bd", parameters["W_" + name], x)
        return from_input + torch.einsum("de,be->bd", parameters["U_" + name], h) + parameters["b_" + name]

    def forward(self, x, state):
        h, c = state
        alone = x.dim() == 1
        if alone:
            x, h, c = x[None], h[None], c[None]
        f, i, o = (sigma(self.total(name, x, h)) for name in "fio")
        g = 2 * sigma(2 * self.total("g", x, h)) - 1
        c = torch.addcmul(f * c, i, g)
        h = o * (2 * sigma(2 * c) - 1)
        return (h[0], c[0]) if alone else (h, c)


def cell_path_gain(forget_gates):
    gain = torch.ones_like(forget_gates[0])
    for gates in forget_gates:
        gain = gain * gates
    return gain
