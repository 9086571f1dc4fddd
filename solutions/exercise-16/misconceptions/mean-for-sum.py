r"""Your gradients are those of the *mean* of `out`, so every entry is divided by $d$: with $d = 4$ and a true norm of $0.8$ you return $0.2$. With $d = 1$, as in the public example, mean and sum are the same. The comparison between steps survives, but two heads of different width can no longer be compared. Here
$L$ is the plain sum over the $d$ entries.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.mean(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
