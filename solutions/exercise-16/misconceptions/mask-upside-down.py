r"""Your output reads the last step only, as with a weight of 1, and every earlier step gets a gradient of exactly 0, so the shortcut is gone. For the
worked example you get $(0, 1)$. Perhaps a mask is upside down, and hides the past in place of the future; or only the last step is given a key and a value.
Nothing needs a mask here at all: the one query is the last step, and nothing comes after it. If you keep one for all queries, look at its last row: every
entry must be open.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    queries = x @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = queries @ keys.T / len(W_q) ** 0.5
    hidden = torch.ones_like(scores).tril(-1).bool()
    scores = scores.masked_fill(hidden, -torch.inf)
    out = (torch.softmax(scores, dim=1) @ values)[-1]
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
