r"""Your numbers look as if the backward pass were run again for every state, and `.grad` read each time. But `backward()` *adds* to `.grad`; it never starts
from zero by itself. The second state you read has been added to twice, the third three times, and so on.

Smallest case, $T = 2$: the last gradient is $\mathbf{1}$ with length $\sqrt{d}$. After the first backward pass `h_2.grad` is $(1, \dots, 1)$, after the second it is
$(2, \dots, 2)$: you report $2\sqrt{d}$. The loss did not double; the account was paid into twice.

This is why a training loop calls `zero_grad()`. Here it is simpler: a *single* walk backward passes all the states,
and each can keep the gradient that it saw.
"""

import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0.clone().requires_grad_()
    states = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        h.retain_grad()
        states.append(h)
    norms = []
    for state in states:
        h.sum().backward(retain_graph=True)
        norms.append(state.grad.norm())
    return torch.stack(norms)
