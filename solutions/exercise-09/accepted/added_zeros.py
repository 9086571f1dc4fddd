"""A zero is added to every state; the gradient with respect to these zeros is the gradient with respect to the states."""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    nudges = torch.zeros(x.shape[0], h0.shape[0], dtype=h0.dtype, requires_grad=True)
    h = h0
    for x_t, nudge in zip(x, nudges):
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b) + nudge
    (gradient,) = torch.autograd.grad(h.sum(), nudges)
    return gradient.norm(dim=1)
