r"""Your entry isn't the Euclidean length of a step's gradient but another measure of it: the sum of the sizes of its entries, or the largest of them. For the gradient $(3, -4)$ these are 7 and 4, and its length is 5.
With $n = 1$, as in the public example, a gradient has one entry and all three agree. The Euclidean length is how fast the loss changes along the gradient, and turning the axes doesn't change it: square, sum, root.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1) @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.abs().sum(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
