r"""Your profile shows what *one* step does to the gradient, for each step on its own: $\lVert J_{t+1}^\top \mathbf{1} \rVert$. The gradient at $h_t$ has come
back through *all* later steps: it is $J_{t+1}^\top$ applied to the gradient that arrived at $h_{t+1}$, not to a fresh $\mathbf{1}$.

In the worked example the step factors are $0.6659$ (into $h_2$) and $0.5636$ (into $h_1$). You report $0.5636, 0.6659, 1$; the true profile is
$0.3753, 0.6659, 1$, because $0.5636 \cdot 0.6659 = 0.3753$. The last two entries agree; the one before them is the first to show it.

A single factor a little below 1 is harmless; the *product* of many of them vanishes. So carry the gradient on from step to step.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    states = [h0]
    for x_t in x:
        states.append(torch.tanh(W_hh @ states[-1] + W_xh @ x_t + b))
    ones = torch.ones_like(h0)
    norms = [(W_hh.T @ ((1 - h**2) * ones)).norm() for h in states[2:]]
    return torch.stack([*norms, ones.norm()])
