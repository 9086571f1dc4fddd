"""Ejercicio 03: las pendientes de cuatro activaciones, sus máximos y la cota que ponen a un gradiente."""

import numpy as np


def derivative(name: str, z: np.ndarray) -> np.ndarray:
    """La pendiente de una activación en cada entrada de z.

    Argumentos:
        name: "sigmoid", "tanh", "relu" o "identity"
        z: un array float64 de uno, dos o tres ejes, con entradas entre -1000 y 1000; no se modifica

    Devuelve:
        un array float64 de la forma de z

    Lanza:
        ValueError: con cualquier otro nombre
    """
    raise NotImplementedError("Escribe derivative: sustituye esta línea.")


def peak_derivative(name: str) -> float:
    """La mayor pendiente que tiene la activación en cualquier lugar.

    Lanza:
        ValueError: con un nombre que no sea "sigmoid", "tanh", "relu" ni "identity"
    """
    raise NotImplementedError("Escribe peak_derivative: sustituye esta línea.")


def gradient_ceiling(name: str, steps: int) -> float:
    """Lo máximo que dejan pasar las pendientes de `steps` pasos (un entero a partir de 0): el máximo elevado a `steps`.

    Lanza:
        ValueError: con un nombre que no sea "sigmoid", "tanh", "relu" ni "identity"
    """
    raise NotImplementedError("Escribe gradient_ceiling: sustituye esta línea.")
