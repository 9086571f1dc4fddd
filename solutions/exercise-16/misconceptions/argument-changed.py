r"""The caller's own $W_q$ changes here, as it does if the scale is folded into it with `/=`. Call such a function twice on the same tensors with
$d = 4$: the first call uses $W_q / 2$ as it should, the second $W_q / 4$, since the factor of one half was never taken back. Write `W_q = W_q / …`, which makes a new tensor.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    W_q /= len(W_q) ** 0.5
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
