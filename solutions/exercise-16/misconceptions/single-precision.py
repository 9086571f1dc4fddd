r"""Your numbers are right, but they are float32 whatever `x` is. That keeps about 7 digits: $0.1$ becomes $0.10000000149$. Whoever hands in float64 wants to compare with finite differences, say, where such rounding leaves the effect of a nudge of $10^{-6}$ two digits at best. Don't convert, and give whatever you create the dtype of `x`.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x, W_q, W_k, W_v = x.float().clone().requires_grad_(), W_q.float(), W_k.float(), W_v.float()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
