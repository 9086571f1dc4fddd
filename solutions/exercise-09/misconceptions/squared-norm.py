r"""Your entries are the sums of squares, without the root: that is $\lVert g \rVert^2$, not $\lVert g \rVert$.

The last gradient is always $g = (1, \dots, 1)$. With $d = 4$ its squares add up to 4, its length is $\sqrt{4} = 2$. With $d = 1$ the last entry
looks right, but the others don't: $0.6659$ would become $0.4434$.

It is more than a factor: on a logarithmic axis a square doubles every slope, so the gradient seems to vanish twice as fast as it
does. Length is the root of the sum of squares.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([(gradient**2).sum() for gradient in gradients])
