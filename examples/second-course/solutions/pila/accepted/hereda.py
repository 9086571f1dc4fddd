"""Hereda de deque, y le da a cada método el nombre que se pide."""

from collections import deque


class Pila(deque):
    apilar = deque.append
    sacar = deque.pop

    def cima(self):
        return self[-1]
