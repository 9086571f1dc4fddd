r"""Your profile is that of the gradient with respect to the inputs $x_t$. That is a saliency: how much the loss would change if the *input* of step $t$
changed. It goes through one more slope and through $W_{xh}$: $\partial L/\partial x_t = W_{xh}^\top ((1 - h_t^2) \odot \partial L/\partial h_t)$.

The last entry shows it. $\partial L/\partial h_T = \mathbf{1}$ has length $\sqrt{d}$ whatever $W_{xh}$ is. Yours changes when $W_{xh}$ is scaled: with $d = n = 1$,
$W_{xh} = 3$ and $h_T = 0$ you report 3 where 1 arrives.

The memory of the network is in the states, and the signal dies between states. Measure at $h_t$, a tensor that you compute, not at $x_t$, one
that you are given.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    inputs = x.clone().requires_grad_()
    h = h0
    for x_t in inputs:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
    (gradient,) = torch.autograd.grad(h.sum(), inputs)
    return gradient.norm(dim=1)
