"""A row of zeros is added to the memory of each step; the gradient of the zeros is the gradient of the memory."""

import torch


def run(kind, p, x, zeros):
    d = p["weight_hh"].shape[1]
    if kind == "rnn":
        h = zeros.new_zeros(d)
        for t, row in enumerate(x):
            h = torch.tanh(torch.nn.functional.linear(row, p["weight_ih"], p["bias_ih"])
                           + torch.nn.functional.linear(h, p["weight_hh"], p["bias_hh"])) + zeros[t]
    elif kind == "gru":
        h = zeros.new_zeros(d)
        for t, row in enumerate(x):
            a = (p["weight_ih"] @ row + p["bias_ih"]).view(3, d)
            b = (p["weight_hh"] @ h + p["bias_hh"]).view(3, d)
            r, z = torch.sigmoid(a[:2] + b[:2])
            h = torch.lerp(torch.tanh(a[2] + r * b[2]), h, z) + zeros[t]
    else:
        h = c = zeros.new_zeros(d)
        for t, row in enumerate(x):
            a = p["weight_ih"] @ row + p["weight_hh"] @ h + (p["bias_ih"] + p["bias_hh"])
            i, f, g, o = a.view(4, d)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh() + zeros[t]
            h = o.sigmoid() * c.tanh()
    return h.sum()


def gradient_profile(kind, state_dict, x):
    zeros = torch.zeros(len(x), state_dict["weight_hh"].shape[1], dtype=x.dtype)
    gradient = torch.func.grad(lambda z: run(kind, state_dict, x, z))(zeros)
    return torch.linalg.vector_norm(gradient, dim=1)


def decades_per_step(profile):
    """The normal equations."""
    X = torch.vander(torch.arange(len(profile)).double(), N=2)
    return torch.linalg.solve(X.T @ X, X.T @ torch.log10(profile.double()))[0].item()
