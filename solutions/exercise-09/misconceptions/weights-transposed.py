r"""Your forward step computes $W_{hh}^\top h$ where $W_{hh} h$ is meant, as `h @ W_hh` does, a row times the matrix: torch
doesn't complain, because `(d,)` fits a `(d, d)` matrix from both sides.

Smallest case: $W_{hh} = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$ and $h = (1, 0)$. $W_{hh} h = (0, 0)$, but $h\,W_{hh} = (0, 1)$: the connection runs the other way
round. Everything after it, gradients included, is that of another network. With a symmetric or a $1 \times 1$ matrix you'd never notice.

In code for batches you see `h @ W.T`, because there a state is a row. The two that agree are `W @ h` and `h @ W.T`; the rule
$W[i, j]$ = from $j$ to $i$ decides.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(h @ W_hh + W_xh @ x_t + b)
        states.append(h)
    gradients = torch.autograd.grad(h.sum(), states)
    return torch.stack([gradient.norm() for gradient in gradients])
