r"""Your gradient gets no further back than the last state. Perhaps each state is detached inside the loop, or made a fresh leaf: then each $h_t$ is computed from a *copy* of the number
$h_{t-1}$, and autograd no longer knows that one came from the other.

With $T = 2$ the loss is $L = \sum_i h_2[i]$, and $h_2$ was computed from $h_1$, so $h_1$ has its share. In the worked example the first
step back multiplies the gradient by $0.6659$; yours multiplies it by 0. Your profile has $\sqrt{d}$ at the end and 0 (or no gradient at all) everywhere before, whatever the weights are. An
*exact* 0 that no weights can change is the sign of a cut wire, not of a vanishing gradient.

The path from $h_T$ back to $h_1$ is what is being measured, so it must stay whole until the backward pass is done. `detach` belongs
to truncated backpropagation, where someone decides on purpose that the past gets no gradient.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone()
    states = []
    for x_t in x:
        h = h.detach().requires_grad_()
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states, allow_unused=True)
    return torch.stack([torch.zeros_like(h0[0]) if gradient is None else gradient.norm() for gradient in gradients])
