"""Cuenta de antemano cuántas veces hay que partir el intervalo."""

import math


def biseccion(f, a, b, tolerancia=1e-9):
    signo = {x: math.copysign(1, f(x)) if f(x) else 0 for x in (a, b)}
    if 0 in signo.values():
        return a if signo[a] == 0 else b
    if signo[a] == signo[b]:
        raise ValueError("f no cambia de signo entre a y b")
    negativo, positivo = (a, b) if signo[a] < 0 else (b, a)
    for _ in range(max(0, math.ceil(math.log2((b - a) / tolerancia)))):
        m = (negativo + positivo) / 2
        if f(m) < 0:
            negativo = m
        else:
            positivo = m
    return negativo
