r"""Aquí la búsqueda termina en cuanto $|f(m)|$ es menor que la tolerancia. Quizá pensaste que, si la función casi vale
cero, la raíz está muy cerca.

Con $f(x) = (x - 3) / 100$ y una tolerancia de 0,1, tu programa se detiene en el primer punto medio entre 0 y 10, que
es 5: ahí la función vale 0,02. Pero la raíz es 3, y el error es 2.

La tolerancia habla de $x$, no de $f(x)$. ¿Qué sabes de la distancia a la raíz cuando el intervalo mide $b - a$?
"""


def biseccion(f, a, b, tolerancia=1e-9):
    fa = f(a)
    if fa * f(b) > 0:
        raise ValueError("f tiene el mismo signo en a y en b")
    m = (a + b) / 2
    while abs(f(m)) > tolerancia and b - a > 1e-14:
        if fa * f(m) > 0:
            a = m
        else:
            b = m
        m = (a + b) / 2
    return m
