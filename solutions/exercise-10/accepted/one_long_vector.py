"""All tensors as one flat vector, clipped, and cut into pieces again."""

import torch


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm has to be above 0")
    flat = torch.cat([g.reshape(-1) for g in grads])
    norm = torch.linalg.vector_norm(flat)
    if not torch.isfinite(norm):
        raise ValueError("the gradient is not finite")
    flat = flat * torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    pieces = torch.split(flat, [g.numel() for g in grads])
    return [piece.view(g.shape) for piece, g in zip(pieces, grads)], norm.item()
