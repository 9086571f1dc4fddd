r"""Your query is $x_T W_q$, and a row times a matrix multiplies by the *transpose*: in numpy and torch `x @ W` is $W^\top x$. The contract says $q = W_q x_T$
with $W_q$ of shape $(d, n)$, so for rows it is `x @ W.T`. With $d \ne n$ the shapes complain; with $d = n$ nothing does. Let $W_v$ have the rows $(0, 1)$ and
$(0, 0)$: it moves the second entry of $x_t$ into the first of $v_t$, so $L$ depends on the second entry. Yours depends on the first.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q
    keys, values = x @ W_k, x @ W_v
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
