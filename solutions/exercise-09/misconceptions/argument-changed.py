r"""Your function writes into a tensor of its caller. `h = h0` gives a second *name* to the same tensor; an
in-place operation (`copy_`, `add_`, `+=`, `h[:] = …`) on `h` then changes `h0` too.

See it: `a = torch.zeros(2)`, `h = a`, `h += 1`. Now `a` is $(1, 1)$. The caller who measures twice with the same `h0` gets two different
profiles, and will look for the error everywhere but in your function.

`h = h + 1` makes a new tensor and leaves the old one alone. Before you work in place, take a `clone()`.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0
    states = []
    for x_t in x:
        h.copy_(torch.tanh(W_hh @ h + W_xh @ x_t + b))
        states.append(h.clone())
    gradient = torch.ones_like(h)
    norms = []
    for state in reversed(states):
        norms.insert(0, gradient.norm())
        gradient = W_hh.T @ ((1 - state**2) * gradient)
    return torch.stack(norms)
