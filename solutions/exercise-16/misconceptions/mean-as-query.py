r"""Your query comes from the mean of all steps. But the output here belongs to the last step, and only that one asks.

The public example shows it: with $x = (0, 1)$ the mean is $0.5$, so your scores are $0$ and $0.5$ where $0$ and $1$ are meant, and the weight of the last step is $0.622$, not $0.731$. And since every step is a
part of your mean, every step also gets gradient on the way through the query, which belongs to $x_T$ alone.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x.mean(dim=0, keepdim=True) @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
