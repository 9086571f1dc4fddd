r"""The values are summed with the raw scores; the softmax is missing. The scores may be negative, and nothing makes them sum to 1. In the worked example they
are $(0, 1)$: only the last value is read, and you get $(0, 3)$ where $(0.072, 1.124)$ is asked for. Double the query and your output doubles, without bound;
a softmax would only sharpen its choice. (Attention without softmax exists. It's called linear attention, and is a recurrence in disguise.)
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = scores @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
