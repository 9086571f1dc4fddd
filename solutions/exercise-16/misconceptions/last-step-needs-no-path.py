r"""Here the last step of attention has a path of 0, as it has in a recurrent network. There the last state is itself what the loss reads. With attention the
last step is a value like all the others: it enters the output through the same weighted sum, one step away. With four steps it is $(1, 1, 1, 1)$, not
$(1, 1, 1, 0)$.
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
        return (torch.arange(T) < T - 1).long()
    return T - 1 - torch.arange(T)
