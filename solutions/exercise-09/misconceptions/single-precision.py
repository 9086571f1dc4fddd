r"""Your numbers are right, but for `float64` input they come back as `float32`. Perhaps `torch.zeros(T)` is filled, a tensor is made from Python floats, or
`.float()` is called. In the first two cases torch takes its *default* dtype, `float32`, whatever you computed with.

See it: `torch.tensor([torch.ones(1, dtype=torch.float64).item()]).dtype` is `torch.float32`. A `float32` keeps about 7 digits: $1/3$ is
stored with an error of $10^{-8}$, where a `float64` would be off by about $2 \cdot 10^{-17}$. Whoever asks for double precision, say to compare with finite differences, loses
what they asked for, and no error is raised.

Let the result inherit its dtype from an argument: say `dtype=` when you make a tensor, or put existing tensors together.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states)
    norms = torch.zeros(len(states))
    for t, gradient in enumerate(gradients):
        norms[t] = gradient.norm()
    return norms
