r"""All tensors are laid end to end here, and the long vector is clipped and returned as it is. That is how to *think* of the norm; but each parameter needs its
own piece back, in its own shape.

Take a tensor of shape `(1, 1)` and one of shape `(2,)`. A list of two tensors is due, with these shapes; yours holds one, of shape `(3,)`, and no optimizer knows which numbers
belong where.

For the length the shapes don't matter. For the answer they do.
"""

import math

import torch


def clip_by_global_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")
    flat = torch.cat([g.reshape(-1) for g in grads])
    norm = flat.double().norm().item()
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")
    return [flat * min(1.0, max_norm / norm) if norm else flat], norm
