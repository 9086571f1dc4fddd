# exercise-10
import torch


def clip_by_global_norm(grads, max_norm):
    out = []
    total = 0.0
    for g in grads:
        n = g.norm()
        total += n
        out.append(g * max_norm / n if n > max_norm else g)
    return out, total
