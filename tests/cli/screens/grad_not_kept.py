# exercise-09
import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h, hidden = h0, []
    for row in x:
        h = torch.tanh(W_hh @ h + W_xh @ row + b.requires_grad_())
        hidden.append(h)
    hidden[-1].sum().backward()
    return torch.stack([each.grad.norm() for each in hidden])
