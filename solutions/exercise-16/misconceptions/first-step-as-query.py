r"""Your query comes from the first step. The public example shows it: with $x = (0, 1)$ your query is 0, both weights are $1/2$, and you get $(0.75, 0.5)$
where $(0.072, 1.124)$ is asked for. The output belongs to the *last* step: it is the newest word that looks back at what came before it. Index $-1$ along time,
which is the first axis of `x`.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[:1] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
