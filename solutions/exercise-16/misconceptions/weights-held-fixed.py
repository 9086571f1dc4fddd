r"""The attention weights are treated as constants here: your entry is $a_t \lVert W_v^\top \mathbf{1} \rVert$, the way through the value alone. But $a_t$
depends on $x_t$ as well, since moving $x_t$ moves its key and so the share that it gets. In the worked example the value brings $0.269$ to the first step and
the key $-0.197$, together $0.072$: yours is almost four times as large. Fixed weights are the whole story only where moving a key changes nothing, as is the case for the earlier steps when the query is 0.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    out = torch.softmax(scores, dim=1).detach() @ values
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
