r"""Here every step asks, and all $T$ outputs are added up. That is what a transformer layer computes, but the loss here looks at one row of it, the last. With
$W_q = 0$ and $W_v = 1$ each of four steps should get $1/4$; summed over four queries you report 1. And the factor of four isn't all: with a loss at every query, each
step has one close by, so you can no longer see how far a signal *at the end* reaches. Keep the query of $x_T$ only.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    queries = x @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = queries @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
