"""Ejercicio 02: con qué rapidez muere un producto de factores iguales."""

import numpy as np


def decay_table(rhos: np.ndarray, horizons: np.ndarray) -> np.ndarray:
    """Lo que queda de 1 tras un número de pasos, para varias tasas y varios números de pasos.

    Argumentos (arrays float64, que no se modifican):
        rhos: las tasas, positivas, forma (m,)
        horizons: los números de pasos, enteros a partir de 0, forma (k,)

    Devuelve:
        un array float64 de forma (m, k): la entrada [i, j] es rhos[i] elevado a horizons[j]
    """
    raise NotImplementedError("Escribe decay_table: sustituye esta línea.")


def horizon(rho: float, eps: float = 1e-3) -> int:
    """El primer paso tras el cual queda menos que la fracción eps.

    Argumentos:
        rho: la tasa, estrictamente entre 0 y 1
        eps: el umbral, positivo

    Devuelve:
        el menor número entero T >= 0 con rho**T < eps

    Lanza:
        ValueError: salvo si 0 < rho < 1 y eps > 0
    """
    raise NotImplementedError("Escribe horizon: sustituye esta línea.")
