r"""Here $W_k$ makes the query and $W_q$ the keys. A dot product doesn't mind its order, but $q$ and $k_t$ come from *different* steps, so the two matrices
can't change places: your score is $(W_q x_t) \cdot (W_k x_T)$. With $W_q = 2$, $W_k = 1$ in one dimension nothing changes. Take two, $x_1 = (1, 0)$,
$x_T = (0, 1)$, and let $W_q$ send $(0, 1)$ to $(1, 0)$ and $(1, 0)$ to 0, and $W_k$ be the identity: the true score of step 1 is 1 before scaling, yours is 0.
What the asking step is looking for is $W_q$'s business.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_k.T
    keys, values = x @ W_q.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
