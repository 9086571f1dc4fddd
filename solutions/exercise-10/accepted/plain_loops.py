"""Numbers and loops, no reduction of torch."""

import math


def clip_by_global_norm(grads, max_norm):
    if max_norm <= 0.0:
        raise ValueError("max_norm must be positive")
    total = 0.0
    for g in grads:
        for value in g.flatten().tolist():
            if math.isnan(value) or math.isinf(value):
                raise ValueError("not finite")
            total += value**2
    norm = total**0.5
    result = []
    for g in grads:
        copy = g.clone()
        if norm > max_norm:
            copy *= max_norm / norm
        result.append(copy)
    return result, norm
