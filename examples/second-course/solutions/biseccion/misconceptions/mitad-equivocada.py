r"""Aquí, cuando $f(m)$ tiene el signo de $f(a)$, el que se mueve es $b$. Quizá pensaste que signos iguales señalan la
mitad que hay que guardar.

Con $f(x) = x - 3$ entre 0 y 4, $f(0)$ y $f(2)$ son negativos. Tu programa sigue entre 0 y 2, donde $f$ no cambia de
signo, y termina en 0. La raíz es 3.

La raíz está donde los signos son distintos. ¿Qué extremo puede moverse a $m$ sin perder el cambio de signo?
"""


def biseccion(f, a, b, tolerancia=1e-9):
    fa = f(a)
    if fa * f(b) > 0:
        raise ValueError("f tiene el mismo signo en a y en b")
    while b - a > tolerancia:
        m = (a + b) / 2
        if fa * f(m) < 0:
            a = m
        else:
            b = m
    return (a + b) / 2
