r"""Your profile measures the size of the *matrix* $\partial h_T/\partial h_t$ (its Frobenius norm, or its largest singular value). The exercise asks for the
length of the *vector* $\partial L/\partial h_t = (\partial h_T/\partial h_t)^\top \mathbf{1}$: what this particular loss sends back.

They can differ completely. Take $\partial h_T/\partial h_t = \begin{pmatrix} 0.5 & 0.5 \\ -0.5 & -0.5 \end{pmatrix}$: its norm is 1, in both senses. But its
columns add up to $(0, 0)$: for $L = h_T[0] + h_T[1]$ the two paths cancel, and nothing at all arrives at $h_t$. At $t = T$ the Frobenius norm of the identity
is $\sqrt{d}$ too, so the last entry may look right by accident.

The norm of the matrix is a bound for the worst case: $\lVert \partial L/\partial h_t \rVert \le \sqrt{d}\, \lVert \partial h_T/\partial h_t \rVert$. A measurement
takes the gradient of the one loss that is there.
"""

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
        norms.insert(0, torch.linalg.matrix_norm(product))
        product = product @ jacobian
    return torch.stack(norms)
