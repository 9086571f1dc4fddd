"""Busca una raíz de una función partiendo un intervalo por la mitad."""


def biseccion(f, a, b, tolerancia=1e-9):
    """Devuelve un número a una distancia de `tolerancia` o menos de una raíz de `f` entre `a` y `b`."""
    raise NotImplementedError("Escribe biseccion.")
