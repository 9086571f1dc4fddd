"""The norm of the vector of norms, then the unit direction times the new length."""

import numpy as np
import torch


def clip_by_global_norm(grads, max_norm):
    norm = np.hypot.reduce([np.linalg.norm(g.numpy().ravel().astype(float)) for g in grads])
    if not (max_norm > 0 and np.isfinite(norm)):
        raise ValueError("max_norm must be positive and the gradient finite")
    if norm == 0:
        return [torch.zeros_like(g) for g in grads], 0.0
    length = min(float(norm), float(max_norm))
    return [g / float(norm) * length for g in grads], float(norm)
