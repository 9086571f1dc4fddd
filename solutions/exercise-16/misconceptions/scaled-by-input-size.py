r"""Your scores are divided by $\sqrt n$, the size of the *input*. The scale makes up for the number of products that are summed in $k_t \cdot q$, and both of
these have $d$ entries. With $d = n$ you'd never see it. With $n = 16$ and $d = 4$ you divide by 4 where 2 is right: two steps whose scores should differ by 2,
and share $0.881$ to $0.119$, differ by 1 and share $0.731$ to $0.269$. With $n > d$ your attention is too even, with $n < d$ too sharp. In code, the length of `q` is the
number that counts.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / x.shape[1] ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
