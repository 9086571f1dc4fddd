r"""Your last step attends to the earlier steps only. It is the query, but it offers a key and a value like every other step. The sum over $t$ runs from 1 to
$T$, and with a single step there'd be nothing left to attend to. In the worked example you give the weight 1 to the first step and get $(1, 0)$ where
$(0.072, 1.124)$ is asked for: the step whose share is $0.731$ has lost its vote. Let the query see all $T$ keys.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x[:-1] @ W_k.T, x[:-1] @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
