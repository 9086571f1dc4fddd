r"""Your loss sums over all states, $L = \sum_t \sum_i h_t[i]$. Then every $h_t$ also gets its own direct share of the gradient, a full $\mathbf{1}$, and what
comes back from the far end is hidden under it.

In the worked example the profile of $h_1, h_2, h_3$ is $0.3753, 0.6659, 1$. With a loss at every step, $h_2$ gets $1 + 0.6659$ and $h_1$
gets $1 + 0.5636 \cdot 1.6659 = 1.9389$: nothing seems to vanish. That is also why a vanishing gradient goes unnoticed in practice: with a
loss at every step the *total* gradient can look healthy while the long-range part of it is gone.

To see how far *one* signal reaches, let only the end speak: $L = \sum_i h_T[i]$. The other states matter only through what they pass on.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(torch.stack(states).sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
