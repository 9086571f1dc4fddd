r"""Here the size of the gradient isn't its Euclidean length but another measure: the largest entry, the sum of absolute values, or their mean.

The last gradient is always $(1, \dots, 1)$, so with more than one unit it tells them from the length. With $d = 4$: the length is $\sqrt{1 + 1 + 1 + 1} = 2$, the largest entry is 1, the
sum is 4, the mean is 1. The differences don't cancel in the profile either: $(1, 0)$ and $(1, 1)$ have the same largest entry, but lengths 1 and $1.414$.

Here, and in gradient clipping, the size of a gradient is its Euclidean length: square, sum, root. It is how fast the loss changes along the gradient, and
turning the axes doesn't change it.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.abs().max() for gradient in gradients])
