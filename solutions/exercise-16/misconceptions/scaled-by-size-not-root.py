r"""Your scores are divided by $d$, not by its *root*. A sum of $d$ random products of size 1 doesn't grow to $d$, because they have different signs: its
typical size is $\sqrt d$. With $d = 64$ the scores are about 8; dividing by $\sqrt{64} = 8$ brings them to 1, dividing by 64 to $0.125$. Then two steps whose scores
differ by as much share $0.531$ to $0.469$ where $0.731$ to $0.269$ is right: attention that can hardly tell steps apart. With $d = 1$ both agree, so the public example passes.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q)
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
