r"""Your norm is the largest row sum or column sum of absolute values, as `np.linalg.norm` returns it with `ord`
$\infty$ or $1$. These are norms, too, but they measure a vector by the largest or the sum of its absolute
values.

Take $\begin{pmatrix} 0.6 & 0.8 \\ -0.8 & 0.6 \end{pmatrix}$. It is a rotation: every vector keeps its length,
and the spectral norm is $1$. In absolute values, each of its rows and columns sums to $1.4$.

Gradient norms in this course are Euclidean lengths. The norm that belongs to them is the largest factor by which the
matrix lengthens a vector.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, np.inf)) ** steps
