r"""A negative threshold is refused here, but 0 slips through. The contract asks for a threshold *above* 0.

With a threshold of 0 the factor is $0 / \mathrm{norm} = 0$: every gradient becomes a list of zeros, and training stands still without a word. Somebody who meant "no
clipping" by the 0 would look for the reason for a long time.

On which side of the comparison does 0 itself belong?
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if max_norm < 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
