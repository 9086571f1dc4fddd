r"""Your result is the attention weights themselves, as if the share of a step were its influence. The weight says how much of the value is *read*, not what
happens when $x_t$ moves. In the worked example the weights are $(0.269, 0.731)$, but the gradients are $0.072$ and $1.124$: moving the first step up raises its
value, and its share, too, which takes weight off the larger second value. And where $W_v$ is ten times as large, every gradient is ten times as large, and the weights stay as they are. Attention
maps are often read as explanations; this is why that is risky.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T
    keys, values = x @ W_k.T, x @ W_v.T
    scores = query @ keys.T / len(W_q) ** 0.5
    weights = torch.softmax(scores, dim=1)
    return weights[0].detach()


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
