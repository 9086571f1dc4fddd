"""Guarda siempre la mitad en la que cambia el signo: un cero cuenta como cambio."""


def biseccion(f, a, b, tolerancia=1e-9):
    fa = f(a)
    if fa * f(b) > 0:
        raise ValueError("f tiene el mismo signo en a y en b")
    while b - a > tolerancia:
        m = (a + b) / 2
        if fa * f(m) > 0:
            a = m
        else:
            b = m
    return (a + b) / 2
