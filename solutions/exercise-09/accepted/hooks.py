"""A hook on every state hears its gradient as it passes; the last state is heard first."""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    heard = {}
    weights = W_hh.detach().clone().requires_grad_(True)
    h = h0
    for t, x_t in enumerate(x):
        h = (weights @ h + W_xh @ x_t + b).tanh()
        h.register_hook(lambda gradient, t=t: heard.__setitem__(t, gradient.norm()))
    h.sum().backward()
    return torch.stack([heard[t] for t in range(len(x))])
