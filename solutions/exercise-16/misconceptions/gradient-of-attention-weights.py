r"""Your entries are the gradient with respect to the attention weights $a_t$, and that is only the sum of the entries of $v_t$ (its size), whatever the
weights are. In the worked example it gives $(0, 1)$: a first step that doesn't matter at all. The exercise asks for the gradient with respect to the *input*
$x_t$. To get there, go on by the chain rule, from $a_t$ through the softmax to the scores, from them to keys and query, and add what comes through the value.
Ask autograd about `x`, and it does all of it.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    weights = torch.softmax(scores, dim=1)
    out = weights @ values
    (gradient,) = torch.autograd.grad(out.sum(), weights)
    return gradient[0].abs()


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
