"""No autograd: the chain rule by hand, one transposed Jacobian at a time."""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    with torch.no_grad():
        states = [h0]
        for x_t in x:
            states.append(torch.tanh(W_hh @ states[-1] + W_xh @ x_t + b))
        steps = len(x)
        norms = torch.empty(steps, dtype=x.dtype)
        gradient = torch.ones_like(h0)
        for t in range(steps, 0, -1):
            norms[t - 1] = gradient.pow(2).sum().sqrt()
            gradient = W_hh.T @ ((1 - states[t] ** 2) * gradient)
    return norms
