r"""Your walk backward multiplies by $W_{hh}$ where $W_{hh}^\top$ belongs. Forward, unit $j$ sends $W_{hh}[i, j]$ to unit $i$; backward, unit $j$ must *collect*
from every unit $i$ that it sent to: column $j$, not row $j$.

Smallest case: $W_{hh} = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$: unit 1 speaks to unit 0, unit 0 to nobody. Let unit 0 be saturated, with the slope 0,
and unit 1 have the slope 1. The gradient that arrives is $(1, 1)$; after the slopes it is $(0, 1)$. Unit 1's only listener is deaf, so nothing may come back:
$W_{hh}^\top (0, 1) = (0, 0)$. Yours is $W_{hh} (0, 1) = (1, 0)$: a gradient for unit 0, which nobody listens to.

For a symmetric $W_{hh}$ or a single unit you can't see it, and the last entry is right anyway. Backward is the transpose of forward, and the order turns round
with it: forward the matrix comes first and the slopes second.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    states = [h0]
    for x_t in x:
        states.append(torch.tanh(W_hh @ states[-1] + W_xh @ x_t + b))
    gradient = torch.ones_like(h0)
    norms = []
    for h in reversed(states[1:]):
        norms.insert(0, gradient.norm())
        gradient = W_hh @ ((1 - h**2) * gradient)
    return torch.stack(norms)
