r"""The division by $\sqrt d$ is missing. With $d = 1$ it makes no difference, which is why the public example passes. A score is a sum of $d$ products and
grows like $\sqrt d$ where their signs are as good as random: products of size 1 give 1 for $d = 1$, and about 8 for $d = 64$. Two steps whose scores differ by 1 share $0.731$
to $0.269$; if they differ by 8, the loser gets $0.0003$, and hardly any gradient. The scale keeps $d$ from deciding how sharp the softmax is.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
