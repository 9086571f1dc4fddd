"""The two pictures in a real browser: the same numbers as numpy's, by keyboard alone, and whole without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, Page

from autograder.feedback import pictures
from autograder.feedback.svgplot import number
from tests.chromium import browser

__all__ = ["browser"]

SETTINGS = [
    ("tanh", 0.9, 30), ("tanh", 2.0, 40), ("tanh", 3.0, 60), ("sigmoid", 0.9, 30), ("relu", 1.2, 25),
    ("identity", 1.1, 60), ("identity", 0.1, 60), ("tanh", 0.1, 5),
]  # fmt: skip


def norms_by_numpy(activation: str, scale: float, length: int) -> npt.NDArray[np.float64]:
    """The contract of exercise-09, with W and x of the picture."""
    i = np.arange(6.0)
    raw = np.sin(1 + 2.3 * i[:, None] + 4.1 * i + 1.7 * np.outer(i, i))
    W = scale * raw / np.abs(np.linalg.eigvals(raw)).max()
    phi = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0)}
    slope = {"tanh": lambda h: 1 - h**2, "sigmoid": lambda h: h * (1 - h), "relu": lambda h: (h > 0) * 1.0}
    h = [np.zeros(6)]
    for t in range(1, length + 1):
        h.append(phi.get(activation, np.asarray)(W @ h[-1] + 0.5 * np.sin(1.3 * t + 2 * i)))
    g = [np.ones(6)]
    for state in h[:1:-1]:
        g.append((g[-1] * slope.get(activation, np.ones_like)(state)) @ W)
    return np.linalg.norm(g[::-1], axis=1)


def test_the_constants_are_those_of_the_matrix() -> None:
    i = np.arange(6.0)
    raw = np.sin(1 + 2.3 * i[:, None] + 4.1 * i + 1.7 * np.outer(i, i))
    radius = np.abs(np.linalg.eigvals(raw)).max()
    assert pytest.approx(radius, rel=1e-12) == pictures.RADIUS
    assert pytest.approx(np.linalg.norm(raw, 2) / radius, rel=1e-12) == pictures.NORM


@pytest.mark.parametrize(("activation", "scale", "length"), SETTINGS)
def test_python_agrees_with_numpy(activation: str, scale: float, length: int) -> None:
    found = pictures.gradient_norms(pictures.Setting(activation, scale, length))
    np.testing.assert_allclose(found, norms_by_numpy(activation, scale, length), rtol=1e-9)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "pictures.html"
    file.write_text(pictures.render(), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    yield page
    page.close()


def put(page: Page, control: str, value: str) -> None:
    """Set a control as a hand on it would, and tell the page."""
    change = "(it, value) => { it.value = value; it.dispatchEvent(new Event('input', {bubbles: true})) }"
    page.locator(f"#{control}").evaluate(change, value)


@pytest.mark.parametrize(("activation", "scale", "length"), SETTINGS)
def test_the_page_agrees_with_numpy(page: Page, activation: str, scale: float, length: int) -> None:
    for control, value in (("activation", activation), ("scale", str(scale)), ("length", str(length))):
        put(page, control, value)
    cells = page.locator("#norms-rows td").all_text_contents()
    assert cells == [number(norm) for norm in norms_by_numpy(activation, scale, length)]
    setting = pictures.Setting(activation, scale, length)
    assert page.locator("#norms-told").text_content() == pictures.told(setting)
    drawn = points(page.locator("#norms").get_attribute("d"))
    expected = points(pictures.path(pictures.gradient_norms(setting)))
    np.testing.assert_allclose(drawn, expected, atol=0.11)  # the two round a half differently


def points(path: str | None) -> list[float]:
    assert path is not None
    return [float(part) for part in path.replace("M", "").replace("L", " ").split()]


def test_the_sentence_agrees_with_its_formula(page: Page) -> None:
    for phrases, decay, kept in ((0, 0.5, 1.0), (3, 0.93, 0.9), (8, 0.7, 0.98)):
        for control, value in (("phrases", phrases), ("decay", decay), ("kept", kept)):
            put(page, control, str(value))
        assert page.locator("#left-told").text_content() == pictures.read(pictures.Reading(phrases, decay, kept))
        shown = " ".join((page.locator(".sentence").inner_text()).split())
        between = shown.removeprefix("The keys").removesuffix("are lost.").split()
        assert len(between) + 1 == pictures.distances()[phrases]
        x = 74 + 546 * pictures.distances()[phrases] / pictures.distances()[-1]
        assert page.locator("#verb").get_attribute("d") == f"M{x:.1f} 44v252"


def test_keys_alone_move_every_control(page: Page) -> None:
    before = page.locator("#norms").get_attribute("d")
    page.keyboard.press("Tab")
    page.keyboard.press("s")  # the select goes to "sigmoid"
    assert page.locator("#activation").input_value() == "sigmoid"
    for control, start in (("scale", "0.9"), ("length", "30")):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == control
        page.keyboard.press("ArrowRight")
        assert page.locator(f"#{control}").input_value() != start
    assert page.locator("#norms").get_attribute("d") != before


def test_without_a_script_it_shows_the_same_picture_and_no_dead_control(browser: Browser, page: Page) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert not plain.locator("form").first.is_visible()
    for part in ("#norms-told", "#left-told", "#norms-rows", ".sentence"):
        assert plain.locator(part).inner_text() == page.locator(part).inner_text()
    for line in ("#norms", "#plain", "#gated", "#verb"):
        assert plain.locator(line).get_attribute("d") == page.locator(line).get_attribute("d")
    context.close()


def test_nothing_is_fetched_and_no_error_is_logged(browser: Browser, page: Page) -> None:
    asked, logged = [], []
    fresh = browser.new_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.on("console", lambda message: logged.append(message.text))
    fresh.on("pageerror", lambda error: logged.append(str(error)))
    fresh.goto(page.url)
    put(fresh, "scale", "1.5")
    assert asked == [page.url]
    assert logged == []
    fresh.close()
