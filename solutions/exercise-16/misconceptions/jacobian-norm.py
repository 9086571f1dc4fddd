r"""Your entries are norms of the whole Jacobian $\partial\,\mathrm{out} / \partial x_t$. The loss adds the entries of $\mathrm{out}$ first, and gradients of
different outputs may cancel. Let $d = 2$, $n = 1$, $W_v = (1, -1)^\top$, and a single step: $\mathrm{out} = (x, -x)$, so $L = 0$ however $x$ moves, and the
gradient is 0. Your Jacobian has the norm $\sqrt 2 = 1.414$. Sum first, then differentiate, then take the norm; with $d = 1$ nobody can tell.
"""

import torch


def attention_gradient_norms(x, W_q, W_k, W_v):
    def attention(x):
        keys, values = x @ W_k.T, x @ W_v.T
        scores = (x[-1:] @ W_q.T) @ keys.T / len(W_q) ** 0.5
        return (torch.softmax(scores, dim=1) @ values)[0]

    jacobian = torch.autograd.functional.jacobian(attention, x)
    return torch.linalg.matrix_norm(jacobian.transpose(0, 1))


def path_lengths(T, architecture):
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
