r"""Aquí `cima` quita lo que responde. Quizá pensaste que para ver el plato de arriba hay que levantarlo.

Con una sola cosa en la pila, tras `cima()` tu pila está vacía: `len` da 0, y la siguiente pregunta lanza `IndexError`.

`cima` se puede preguntar mil veces, y mil veces responde lo mismo. ¿Cómo se lee el final de una lista sin quitarlo?
"""


class Pila:
    def __init__(self):
        self._cosas = []

    def __len__(self):
        return len(self._cosas)

    def apilar(self, cosa):
        self._cosas.append(cosa)

    def cima(self):
        return self._cosas.pop()

    def sacar(self):
        return self._cosas.pop()
