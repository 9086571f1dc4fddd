r"""Your run starts from zeros, not from the `h0` that was given, perhaps because $h_0$ isn't in the profile, or because `torch.nn.RNN` starts from zeros unless
it is given a state. But every state grows out of it.

One unit, $W_{hh} = 1$, no input and no bias, two steps. From $h_0 = 2$ the states are $h_1 = \tanh(2) = 0.96403$ and $h_2 = \tanh(0.96403) = 0.74607$; the
gradient at $h_1$ is $1 - 0.74607^2 = 0.4434$. From zeros nothing ever moves, and you report 1.

$h_0$ is the memory that the sequence begins with. Its own gradient isn't part of the profile, but its value is needed in the first step.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = torch.zeros_like(h0).requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
