"""Exercise 16, reference: the shortcut that attention gives the gradient."""

import torch


def attention_gradient_norms(x: torch.Tensor, W_q: torch.Tensor, W_k: torch.Tensor, W_v: torch.Tensor) -> torch.Tensor:
    """Return (T,): entry t is the length of dL/dx[t] for L = out.sum(), the query being the last step."""
    x = x.clone().requires_grad_()
    query = x[-1:] @ W_q.T  # one row, (1, d)
    keys, values = x @ W_k.T, x @ W_v.T  # one row per step, (T, d)
    # A sum of d products grows like the root of d; without the scale, large d would saturate the softmax.
    scores = query @ keys.T / len(W_q) ** 0.5  # (1, T): a row per query, a column per key
    out = torch.softmax(scores, dim=1) @ values  # the weights of one query sum to 1 over the keys
    # x acts in three places, as values, as keys and (its last row) as the query. Autograd adds them up.
    (gradient,) = torch.autograd.grad(out.sum(), x)
    return gradient.norm(dim=1)


def path_lengths(T: int, architecture: str) -> torch.Tensor:
    """Return (T,): how many steps the signal takes from step t to the last output."""
    if architecture == "attention":
        return torch.ones(T)
    return T - 1 - torch.arange(T)
