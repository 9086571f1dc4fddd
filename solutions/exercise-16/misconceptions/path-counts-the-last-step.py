r"""Your recurrent path is one too long: it counts the boxes, where a path counts the arrows between them. The last state *is* at the end, so its path is 0. For
four steps it reads $(3, 2, 1, 0)$, and you say $(4, 3, 2, 1)$. A simple test: with $T = 1$ there's one state, it is the last, and nothing lies between. (In the
product of Jacobians it is the same: $\partial h_T / \partial h_T$ is the identity, with no factor at all.)
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
    return T - torch.arange(T)
