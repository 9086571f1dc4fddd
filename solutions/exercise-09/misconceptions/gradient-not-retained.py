r"""If the error speaks of `NoneType`, a `.grad` is read that was never filled. Perhaps `backward()` was expected to fill the `.grad`
of every tensor that it passes. It fills only those of *leaves*, the tensors that you made yourself. A state $h_t$ is the result of a calculation: its gradient
is used on the way and thrown away.

See it on three numbers: `a = torch.tensor(2.0, requires_grad=True)`, `h = 3 * a`, `h.backward()`. Now `a.grad` is 3 and `h.grad` is
`None`, although $\partial h / \partial h = 1$ was computed on the way.

There are two cures: tell a state *before* the backward pass to keep its gradient, or ask autograd directly for
the gradient with respect to a list of tensors. (If only the earlier states say `None` and the last one doesn't, the chain is cut somewhere by a `detach`.)
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    h.sum().backward()
    return torch.stack([state.grad.norm() for state in states])
