r"""Your path counts the steps from the beginning, $(0, 1, 2, 3)$ for four steps. That is how far a step is from the *first* one. The loss sits at the end, so
the earliest step has the longest way: $(3, 2, 1, 0)$. Yours would say that a recurrent network finds the oldest word the easiest to reach, though it is the
farthest away.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return torch.arange(T)
