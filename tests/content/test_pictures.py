"""The page of two pictures in a real browser: numpy's numbers, and no sentence that a control can make false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, Page, expect

from autograder.feedback.svgplot import number
from autograder.language import power_of_ten
from tests.chromium import browser
from tests.command import REPOSITORY

__all__ = ["browser"]

PAGE = REPOSITORY / "pages" / "pictures.html"
ACTIVATIONS = ("tanh", "sigmoid", "relu", "identity")
SCALES = tuple(round(0.1 * k, 1) for k in range(1, 31))
LENGTHS = (5, 6, 12, 30, 45, 60)
STEEPEST = {"tanh": 1.0, "sigmoid": 0.25, "relu": 1.0, "identity": 1.0}
PHRASES = (3, 3, 3, 4, 3, 3, 3, 3)
"""How many words each phrase of the sentence has."""
#: Keeps every place that the walk comes to, however seldom a busy machine lets Python look.
WATCHED = """() => {
    const back = document.getElementById("back");
    window.seen = [];
    const note = () => window.seen.push(Number(back.value));
    new MutationObserver(note).observe(document.getElementById("walk-told"), {childList: true});
}"""
LOW, HIGH = -12, 6
Floats = npt.NDArray[np.float64]

_i = np.arange(6.0)
RAW = np.sin(4.4 + 2.5 * _i[:, None] + 3 * _i + 3.8 * np.outer(_i, _i))
RADIUS = float(np.abs(np.linalg.eigvals(RAW)).max())
NORM = float(np.linalg.norm(RAW, 2)) / RADIUS


@cache
def _states(activation: str, scale: float) -> list[Floats]:
    """Those of the longest sequence, which begins as each other does."""
    phi = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0)}
    h = [np.zeros(6)]
    for t in range(1, LENGTHS[-1] + 1):
        z = scale / RADIUS * RAW @ h[-1] + 0.5 * np.sin(1.3 * t + 2 * _i)
        h.append(phi.get(activation, np.asarray)(z))
    return h


def states(activation: str, scale: float, length: int) -> list[Floats]:
    return _states(activation, scale)[: length + 1]


def norms(activation: str, scale: float, length: int) -> Floats:
    """The contract of exercise-09, with W and x of the picture."""
    slope = {"tanh": lambda h: 1 - h**2, "sigmoid": lambda h: h * (1 - h), "relu": lambda h: (h > 0) * 1.0}
    g = [np.ones(6)]
    for state in states(activation, scale, length)[:1:-1]:
        g.append((g[-1] * slope.get(activation, np.ones_like)(state)) @ (scale / RADIUS * RAW))
    return np.linalg.norm(g[::-1], axis=1)


def share(activation: str, scale: float, length: int = 30) -> float:
    """The gradient at step 1 over that at the last step."""
    found = norms(activation, scale, length)
    return float(found[0] / found[-1])


def told(activation: str, scale: float, length: int) -> str:
    """What the page must say of these settings."""
    found, bound = norms(activation, scale, length), scale * NORM * STEEPEST[activation]
    left = float(found[0] / found[-1])
    promise = "below 1, so each step back makes it shorter"
    beyond = (found < 10.0**LOW).any() or (found > 10.0**HIGH).any()
    return (
        f"With {activation} and ρ(W) = {scale:.1f}, the gradient at step 1 is {number(left)} times that at step "
        f"{length}. On average each step back multiplies it by {number(left ** (1 / (length - 1)))}. "
        f"‖W‖·max|φ′| = {bound:.2f} is "
        f"{promise if bound < 1 else 'not below 1, so this bound leaves open what becomes of it'}."
        f"{' Where the line runs along the edge, the gradient is beyond the picture.' if beyond else ''}"
    )


def told_of_walk(activation: str, scale: float, length: int, back: int) -> str:
    """What the page must say after so many steps back."""
    found = norms(activation, scale, length)
    here = length - 1 - back
    if not back:
        return f"At step {length}, where the loss is, the gradient is {number(found[-1])} long."
    return (
        f"After {back} step{'' if back == 1 else 's'} back, at step {here + 1}, the gradient is {number(found[here])} "
        f"long: {number(found[here] / found[-1])} times as long as at step {length}. The last of these steps "
        f"multiplied it by {number(found[here] / found[here + 1])}."
    )


def distance(phrases: int) -> int:
    return 1 + sum(PHRASES[:phrases])


def read(phrases: int, decay: float, kept: float) -> str:
    words = distance(phrases)
    after = f"{words} word{'' if words == 1 else 's'}"
    raised = power_of_ten(words).removeprefix("10")
    plain, gated = (f"{factor:.2f}{raised} = {number(factor**words)}" for factor in (decay, kept))
    return (
        f"The verb comes {after} after its subject. In the plain RNN {plain} of the signal is left. "
        f"Along the additive path it is {gated}."
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    yield page
    page.close()


def put(page: Page, control: str, value: object) -> None:
    """Set a control as a hand on it would, and tell the page."""
    change = "(it, value) => { it.value = value; it.dispatchEvent(new Event('input', {bubbles: true})) }"
    page.locator(f"#{control}").evaluate(change, str(value))


def shown_at(page: Page, settings: list[dict[str, Any]], told_in: str) -> list[str]:
    """What the page says at each of these settings of its controls: asked in one go."""
    found = page.evaluate(
        """([settings, toldIn]) => settings.map((setting) => {
            for (const [id, value] of Object.entries(setting)) document.getElementById(id).value = value;
            const first = document.getElementById(Object.keys(setting)[0]);
            first.dispatchEvent(new Event("input", { bubbles: true }));
            return document.getElementById(toldIn).textContent;
        })""",
        [settings, told_in],
    )
    assert isinstance(found, list)
    return [str(each) for each in found]


def test_the_constants_of_the_page_are_those_of_its_matrix() -> None:
    script = PAGE.read_text(encoding="utf-8").split("<script>")[1]
    constants = dict(re.findall(r"const (RADIUS|NORM) = ([\d.]+);", script))
    assert float(constants["RADIUS"]) == pytest.approx(RADIUS, rel=1e-12)
    assert float(constants["NORM"]) == pytest.approx(NORM, rel=1e-12)


def test_what_the_page_says_of_the_gradient_is_what_numpy_finds_wherever_the_controls_stand(page: Page) -> None:
    everywhere = list(product(ACTIVATIONS, SCALES, LENGTHS))
    settings = [{"activation": phi, "scale": scale, "length": length} for phi, scale, length in everywhere]
    for setting, sentence in zip(everywhere, shown_at(page, settings, "norms-told"), strict=True):
        assert sentence == told(*setting)


def test_what_is_left_on_the_way_back_is_what_numpy_finds_at_every_step(page: Page) -> None:
    for activation, scale, length in product(ACTIVATIONS, (0.1, 0.9, 1.0, 1.7, 3.0), (5, 30, 60)):
        for control, value in (("activation", activation), ("scale", scale), ("length", length)):
            put(page, control, value)
        said = shown_at(page, [{"back": back} for back in range(length)], "walk-told")
        assert said == [told_of_walk(activation, scale, length, back) for back in range(length)]


@pytest.mark.parametrize("length", [5, 12, 13, 30, 31, 60])
def test_the_steps_below_the_picture_are_the_ends_and_round_ones_that_stand_apart(page: Page, length: int) -> None:
    put(page, "length", length)
    steps = [int(text) for text in page.locator("#steps text").all_text_contents()]
    assert steps[0] == 1
    assert steps[-1] == length
    apart = 10 if length > 30 else 5 if length > 12 else 2 if length > 7 else 1
    assert all(step % apart == 0 for step in steps[1:-1])
    assert 3 <= len(steps) <= 7
    places = [float(each.get_attribute("x") or 0) for each in page.locator("#steps text").all()]
    assert places == pytest.approx([74 + 546 * (step - 1) / (length - 1) for step in steps], abs=0.06)


def test_each_decade_is_a_row_of_one_height(page: Page) -> None:
    tops = [float(re.findall(r"M74 (\d+)", str(band.get_attribute("d")))[0]) for band in page.locator(".band").all()]
    assert np.diff(tops) == pytest.approx([2 * 252 / (HIGH - LOW)] * (len(tops) - 1))


def test_the_walk_back_is_played_from_the_loss_to_the_first_step(page: Page) -> None:
    page.evaluate(WATCHED)
    page.locator("#play").click()
    expect(page.locator("#back")).to_have_value("29")
    seen = page.evaluate("window.seen")
    assert (seen[0], seen[-1]) == (0, 29)
    assert seen == sorted(seen)
    assert page.locator("#walk-told").inner_text() == told_of_walk("tanh", 0.9, 30, 29)


def test_where_motion_is_not_wanted_each_press_is_a_step(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(PAGE.as_uri())
    assert page.locator("#play").inner_text() == "One step back"
    page.locator("#play").focus()
    for back in (0, 1, 2):
        page.keyboard.press("Enter")
        assert page.locator("#walk-told").inner_text() == told_of_walk("tanh", 0.9, 30, back)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")  # as the dot goes
    assert page.locator("#walk-told").inner_text() == told_of_walk("tanh", 0.9, 30, 3)
    context.close()


def test_what_the_page_promises_holds_wherever_the_controls_stand() -> None:
    for activation, scale in product(ACTIVATIONS, SCALES):
        bound = scale * NORM * STEEPEST[activation]
        assert (bound < 1) == (round(bound, 2) < 1)  # "1.00 is below 1" would be no sentence
        for length in range(5, 61):
            found = norms(activation, scale, length)
            assert found.min() > 0
            assert bound >= 1 or (np.diff(found) > 0).all()


def test_the_sigmoid_vanishes_at_every_scale() -> None:
    assert max(share("sigmoid", scale, length) for scale in SCALES for length in range(5, 61)) < 0.1


@pytest.mark.parametrize("length", range(5, 61))
def test_the_identity_vanishes_keeps_its_size_and_explodes(length: int) -> None:
    assert share("identity", 0.9, length) < 1
    assert share("identity", 1.0, length) == pytest.approx(1, abs=0.15)
    assert share("identity", 1.1, length) > 1
    if length >= 30:
        assert share("identity", 0.9, length) < 0.05
        assert share("identity", 1.1, length) > 15


def test_tanh_fades_explodes_and_vanishes_again_in_saturation() -> None:
    assert 0.1 < share("tanh", 1.0) < 0.5
    assert share("tanh", 2.0) > 100
    assert share("tanh", 3.0) < 1e-12
    assert np.quantile(np.abs(states("tanh", 3.0, 30)[5:]), 0.25) > 0.95
    assert all(share("tanh", 2.0, length) > 1 for length in range(5, 61))
    assert all(share("tanh", 3.0, length) < 1e-12 for length in range(30, 61))


@pytest.mark.parametrize(
    ("activation", "scale", "length"),
    [("tanh", 0.9, 30), ("tanh", 2.0, 40), ("sigmoid", 0.9, 30), ("relu", 1.2, 25), ("identity", 3.0, 60)],
)
def test_the_drawing_and_the_table_are_what_numpy_finds(page: Page, activation: str, scale: float, length: int) -> None:
    for control, value in (("activation", activation), ("scale", scale), ("length", length)):
        put(page, control, value)
    found = norms(activation, scale, length)
    assert page.locator("#norms-rows td").all_text_contents() == [number(norm) for norm in found]
    heights = 296 - 252 * (np.clip(np.log10(found), LOW, HIGH) - LOW) / (HIGH - LOW)
    across = np.linspace(74, 620, length)
    drawn = points(page.locator("#norms").get_attribute("d"))
    np.testing.assert_allclose(drawn, np.stack([across, heights], axis=1).ravel(), atol=0.11)


def points(path: str | None) -> list[float]:
    assert path is not None
    return [float(part) for part in path.replace("M", "").replace("L", " ").split()]


def test_the_sentence_agrees_with_its_formula_wherever_the_controls_stand(page: Page) -> None:
    decays, kept = [round(0.5 + 0.05 * k, 2) for k in range(11)], [round(0.8 + 0.02 * k, 2) for k in range(11)]
    everywhere = list(product(range(9), decays, kept))
    settings = [{"phrases": phrases, "decay": decay, "kept": gate} for phrases, decay, gate in everywhere]
    for setting, sentence in zip(everywhere, shown_at(page, settings, "left-told"), strict=True):
        assert sentence == read(*setting)
    put(page, "phrases", 3)
    shown = " ".join(page.locator(".sentence").inner_text().split())
    assert len(shown.removeprefix("The keys").removesuffix("are lost.").split()) + 1 == distance(3)
    x = 74 + 546 * distance(3) / distance(8)
    assert page.locator("#verb").get_attribute("d") == f"M{x:.1f} 44v252"


@pytest.mark.parametrize("width", [1200, 390, 320])
def test_the_names_in_the_picture_lie_apart_and_inside_it_wherever_the_controls_stand(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = page.evaluate(
        """() => {
            const at = (id) => document.getElementById(id);
            const names = ["plain-named", "gated-named", "verb-named"].map(at);
            const wrong = [];
            for (let phrases = 0; phrases <= 8; phrases += 2)
                for (let decay = 0.5; decay < 1.01; decay += 0.05)
                    for (let kept = 0.8; kept < 1.01; kept += 0.02) {
                        Object.assign(at("phrases"), { value: phrases });
                        Object.assign(at("decay"), { value: decay });
                        Object.assign(at("kept"), { value: kept });
                        at("decay").dispatchEvent(new Event("input", { bubbles: true }));
                        const boxes = names.map((name) => name.getBBox());
                        const apart = (a, b) => a.x >= b.x + b.width || b.x >= a.x + a.width
                            || a.y + 2 >= b.y + b.height || b.y + 2 >= a.y + a.height;
                        const inside = (a) => a.y >= -8 && a.y + a.height <= 304;
                        const alone = boxes.every((a, k) => boxes.slice(k + 1).every((b) => apart(a, b)));
                        const verb = at("verb").getBBox().x;
                        const crossed = boxes.slice(0, 2).some((a) => a.x < verb && verb < a.x + a.width);
                        if (!alone || crossed || !boxes.every(inside))
                            wrong.push([phrases, decay.toFixed(2), kept.toFixed(2)].join(" "));
                    }
            return wrong;
        }"""
    )
    assert found == []


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
    for part in ("#norms-told", "#walk-told", "#left-told", "#norms-rows", ".sentence", "#steps", "#norms-here"):
        still, moving = (str(each.locator(part).text_content()).split() for each in (plain, page))
        assert "".join(still) == "".join(moving)
    for line in ("#norms", "#walked", "#plain", "#gated", "#verb"):
        assert plain.locator(line).get_attribute("d") == page.locator(line).get_attribute("d")
    for name in ("#norms-here", "#norms-last", "#plain-named", "#gated-named", "#verb-named"):
        places = [
            each.locator(name).evaluate("it => [it.getAttribute('x'), it.getAttribute('y')]") for each in (plain, page)
        ]
        assert places[0] == places[1]
    context.close()


def test_nothing_is_fetched_and_no_error_is_logged(browser: Browser) -> None:
    asked, logged = [], []
    fresh = browser.new_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.on("console", lambda message: logged.append(message.text))
    fresh.on("pageerror", lambda error: logged.append(str(error)))
    fresh.goto(PAGE.as_uri())
    put(fresh, "scale", "1.5")
    assert asked == [PAGE.as_uri()]
    assert logged == []
    fresh.close()
