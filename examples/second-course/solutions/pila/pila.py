"""Una lista ya es una pila: su final es la cima, y vacía lanza IndexError ella misma."""


class Pila:
    def __init__(self):
        self._cosas = []

    def __len__(self):
        return len(self._cosas)

    def apilar(self, cosa):
        self._cosas.append(cosa)

    def cima(self):
        return self._cosas[-1]

    def sacar(self):
        return self._cosas.pop()
