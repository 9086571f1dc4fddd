r"""Your softmax runs over the queries, not over the keys. The scores of all queries form a square, so no shape complains; but the weights that one query gives to the $T$ steps must sum to 1, and with the other axis each *step*
hands out 1 among the queries. Take equal scores and four steps: every entry is $1/4$ either way, so a symmetric test doesn't notice. Now let one step ask for the second key with a score of 10 while all other scores are 0. Its weights should be nearly $(0, 1, 0, 0)$; yours are
$(0.25, 1, 0.25, 0.25)$, which sum to $1.75$. Ask of every softmax: who shares a total of 1 with whom?
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    queries = x @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = queries @ keys.T / len(W_q) ** 0.5
    out = (torch.softmax(scores, dim=0) @ values)[-1]
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
