r"""Your norm uses the spectral norm of the matrices, perhaps because `torch.linalg.norm(g, 2)` means that for a
matrix, or because the rest of this course measures $W_{hh}$ in that way. That norm says how much a matrix
can stretch the vectors that it acts on. A gradient acts on nothing: it is a list of slopes, and only its storage
has rows and columns. The four entries of the $2 \times 2$ identity make a vector of length 1.41, while its
spectral norm is 1. Flattening a tensor must not change your answer.
"""

import math

import torch


def clip_by_global_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """Shorten the gradient to length `max_norm` if it is longer, by one factor for all tensors."""
    if not max_norm > 0:
        raise ValueError("max_norm must be positive.")

    lengths = [torch.linalg.matrix_norm(g.double(), 2) if g.ndim == 2 else g.double().norm() for g in grads]
    norm = math.sqrt(sum(length.item() ** 2 for length in lengths))

    # NaN and infinity survive any factor: say so, instead of handing them to the optimizer.
    if not math.isfinite(norm):
        raise ValueError("The gradient holds NaN or infinity.")

    # Clipping is a ceiling, not a target (and this way a gradient of zeros never meets a division).
    if norm <= max_norm:
        return list(grads), norm
    return [g * (max_norm / norm) for g in grads], norm
