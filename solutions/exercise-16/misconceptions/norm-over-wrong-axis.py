r"""Your norm runs along time, and so there is one number per input *feature*: shape $(n,)$. Entry `t` of the answer belongs to a step. The gradient of $x$ has
the shape of $x$, $(T, n)$: row $t$ is $\partial L / \partial x_t$, and its length sums over the features. With $T = 2$ and $n = 1$ as in the public example you
return one number where two are asked for. If $T = n$, not even the shape warns you.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=0)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
