r"""Aquí el punto medio pasa a ser el extremo izquierdo siempre que $f(m)$ es negativo. Eso es cierto si la función
crece; quizá solo pensaste en una que sube.

Con $f(x) = 3 - x$ entre 0 y 4, en el medio $f(2) = 1$ es positivo, y tu programa sigue entre 0 y 2. La raíz es 3.

¿Con qué hay que comparar el signo de $f(m)$ para que dé igual si la función sube o baja?
"""


def biseccion(f, a, b, tolerancia=1e-9):
    fa = f(a)
    if fa * f(b) > 0:
        raise ValueError("f tiene el mismo signo en a y en b")
    while b - a > tolerancia:
        m = (a + b) / 2
        if f(m) < 0:
            a = m
        else:
            b = m
    return (a + b) / 2
