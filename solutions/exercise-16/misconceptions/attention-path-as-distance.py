r"""Here attention gets the path of a recurrent network, $(3, 2, 1, 0)$ for four steps. The steps are as far apart as ever *in the text*, but no signal walks
along them: the last output is one weighted sum in which every value stands directly. So the path is 1 for the first step and 1 for the last, and that's the whole
point of the exercise. Position plays no part: shuffle the earlier steps, and the output stays the same.
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
        return T - 1 - torch.arange(T)
    return T - 1 - torch.arange(T)
