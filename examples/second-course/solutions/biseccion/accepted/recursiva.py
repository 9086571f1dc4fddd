"""Recursiva: la mitad de un intervalo es otro intervalo."""


def biseccion(f, a, b, tolerancia=1e-9):
    for extremo in (a, b):
        if f(extremo) == 0:
            return extremo
    if (f(a) > 0) == (f(b) > 0):
        raise ValueError("no hay cambio de signo")
    return _dentro(f, a, b, f(a) > 0, tolerancia)


def _dentro(f, a, b, positiva_en_a, tolerancia):
    m = a + (b - a) / 2
    if b - a <= tolerancia:
        return m
    if (f(m) > 0) == positiva_en_a:
        return _dentro(f, m, b, positiva_en_a, tolerancia)
    return _dentro(f, a, m, positiva_en_a, tolerancia)
