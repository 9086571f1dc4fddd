r"""Your gradients are those of a loss that averages the last state, $L = \frac{1}{d}\sum_i h_T[i]$, where the sum is asked for: every one comes out divided by $d$.

The last entry shows it: with $d = 4$ the gradient of the sum is $(1, 1, 1, 1)$, length 2; the gradient of the mean is $(0.25, 0.25, 0.25, 0.25)$, length $0.5$. With
$d = 1$ sum and mean are the same, so a test with one unit can't tell.

`mean` is the habit of training, where the loss of a batch shouldn't grow with its size. Here the loss is a probe, the same push on every unit:
take $L = \sum_i h_T[i]$.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.mean(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
