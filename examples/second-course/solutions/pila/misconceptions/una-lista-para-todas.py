r"""Aquí la lista está en la clase, así que todas las pilas usan la misma. Quizá pensaste que lo que se escribe bajo
`class` se crea otra vez para cada objeto.

Tras `a = Pila()`, `b = Pila()` y `a.apilar(1)`, tu programa dice que `len(b)` es 1, y en `b` no se ha puesto nada.

¿Qué función se ejecuta una vez por cada objeto nuevo, y puede darle una lista propia?
"""


class Pila:
    _cosas = []

    def __len__(self):
        return len(self._cosas)

    def apilar(self, cosa):
        self._cosas.append(cosa)

    def cima(self):
        return self._cosas[-1]

    def sacar(self):
        return self._cosas.pop()
