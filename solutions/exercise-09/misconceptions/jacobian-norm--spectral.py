import torch


def gradient_norms(W_hh, W_xh, b, x, h0):
    h = h0
    jacobians = []
    for x_t in x:
        h = torch.tanh(W_hh @ h + W_xh @ x_t + b)
        jacobians.append(torch.diag(1 - h**2) @ W_hh)
    product = torch.eye(len(h0), dtype=h0.dtype)
    norms = []
    for jacobian in reversed(jacobians):
        norms.insert(0, torch.linalg.matrix_norm(product, ord=2))
        product = product @ jacobian
    return torch.stack(norms)
