r"""The way through the keys is lost: they are detached, or left out of the derivation. A key isn't a mere address. Moving $x_t$ moves $k_t$, with it the score
$s_t$, and so the share of *every* step. In the worked example the first step gets $0.269$ through its value and $-0.197$ through its key; without the second
you report $0.269$ in place of $0.072$. Your last entry lacks $0.197$ likewise. Everything that is computed from $x_t$ takes part in its gradient.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x.detach() @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
