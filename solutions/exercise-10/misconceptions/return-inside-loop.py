r"""Only the first tensor comes back here. Perhaps your `return` stands inside the loop over the tensors: a function ends at its first `return`.

Take a gradient in two tensors. The list that is due has two tensors as well; yours has one, and the second parameter gets no gradient at all. With a single tensor nothing shows.

Python goes by indentation alone: a line belongs to the loop if it stands as far in as the loop's body.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    norm = math.sqrt(sum(g.double().square().sum().item() for g in grads))
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    scale = max_norm / norm if norm > max_norm else 1.0
    clipped = []
    for g in grads:
        clipped.append(g * scale)
        return clipped, norm
