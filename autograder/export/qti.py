"""A quiz as QTI 1.2 for Canvas: a zip with a manifest, the quiz's settings, and its questions.

Each choice has its own feedback. Canvas knows only right numbers, so the tempting wrong ones are explained together in
the feedback on a wrong answer. It rounds what is typed to four decimals before it compares: where that would make the
right answer wrong, the question asks for a power of ten times it. Of several right choices Canvas gives part of the
points by its own rule. It shuffles the choices of a whole quiz or of none: where one question must keep its order, all
keep the one that was drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from html import escape
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from autograder.course.quiz_model import AnyQuestion, Matching, Multiple, Number, Pool, ShortText, Single, TrueFalse
from autograder.export.bundle import BundledFile
from autograder.export.questions import Item, Trap, html, in_pools, plain_number, shifted, title
from autograder.export.subcommand import QuizRequest, of_quiz
from autograder.language import decimal, tr

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_RESPONSE = "response1"
#: What Canvas keeps of a typed number.
_KEPT = Decimal("0.0001")
_EXACT = Context(prec=700)
#: What Canvas calls each kind; its classic quizzes have no ordering.
_KINDS: dict[type[AnyQuestion], str] = {
    Single: "multiple_choice_question",
    Multiple: "multiple_answers_question",
    Number: "numerical_question",
    TrueFalse: "true_false_question",
    ShortText: "short_answer_question",
    Matching: "matching_question",
}


def files(quiz_id: str, quiz_title: str, intro: str | None, items: Sequence[Item]) -> Iterator[BundledFile]:
    """Yield the three files of the package."""
    name = f"gradecheck_{quiz_id}"
    yield _file("imsmanifest.xml", _manifest(name))
    yield _file(f"{name}/assessment_meta.xml", _settings(name, quiz_title, intro, items))
    yield _file(f"{name}/{name}.xml", _assessment(name, quiz_title, items))


def _file(path: str, root: Element) -> BundledFile:
    ElementTree.indent(root, " ")
    return BundledFile.of_text(path, _DECLARATION + ElementTree.tostring(root, encoding="unicode") + "\n")


def _manifest(name: str) -> Element:
    manifest = Element("manifest", identifier=f"{name}_manifest", xmlns=PACKAGE)
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    quiz = SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    SubElement(quiz, "file", href=f"{name}/{name}.xml")
    SubElement(quiz, "dependency", identifierref=f"{name}_meta")
    place = f"{name}/assessment_meta.xml"
    meta = SubElement(resources, "resource", identifier=f"{name}_meta", type=_META, href=place)
    SubElement(meta, "file", href=place)
    return manifest


def _settings(name: str, quiz_title: str, intro: str | None, items: Sequence[Item]) -> Element:
    quiz = Element("quiz", identifier=name, xmlns=CANVAS)
    settings = {
        "title": title(quiz_title),
        "description": html(intro) if intro else "",
        "shuffle_answers": "false" if any(item.keeps_order for item in items) else "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": plain_number(_points(items)),
        "show_correct_answers": "true",
        "allowed_attempts": "1",
        "available": "false",
    }
    for key, text in settings.items():
        SubElement(quiz, key).text = text
    return quiz


def _assessment(name: str, quiz_title: str, items: Sequence[Item]) -> Element:
    root = Element("questestinterop", xmlns=QTI)
    assessment = SubElement(root, "assessment", ident=name, title=title(quiz_title))
    _metadata(assessment, {"cc_maxattempts": "1"})
    section = SubElement(assessment, "section", ident="root_section")
    for number, (pool, members) in enumerate(in_pools(items), start=1):
        group = section if pool is None else _group(section, f"{name}_pool_{number}", pool, members)
        group.extend(map(_item, members))
    return root


def _group(section: Element, ident: str, pool: Pool, members: Sequence[Item]) -> Element:
    """Add what Canvas calls a question group: it draws some of its questions for each student."""
    group = SubElement(section, "section", ident=ident, title="Pool")
    selection = SubElement(SubElement(group, "selection_ordering"), "selection")
    SubElement(selection, "selection_number").text = str(min(pool.choose, len(members)))
    extension = SubElement(selection, "selection_extension")
    SubElement(extension, "points_per_item").text = plain_number(members[0].question.points)
    return group


def _points(items: Sequence[Item]) -> float:
    """Return what all questions that a student is asked are worth together."""
    groups = in_pools(items)
    counted = [members if pool is None else members[: pool.choose] for pool, members in groups]
    return sum(item.question.points for members in counted for item in members)


def places(item: Item) -> int:
    """By how many places the decimal sign of an answer must be moved for Canvas to keep enough of it: mostly none.

    It is a multiple of three, so as not to give the answer's own power of ten away.
    """
    if not isinstance(item.question, Number):
        return 0
    key = item.key()
    return next(moved for moved in count(0, 3) if _is_kept(key, moved))


def _is_kept(key: Trap, moved: int) -> bool:
    """Whether the right number is still right once it is rounded, up or down where it stands in the middle."""
    number, margin = (Decimal(plain_number(shifted(value, moved))) for value in (key.number, key.margin))
    rounded = [number.quantize(_KEPT, rounding, _EXACT) for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN)]
    return all(abs(each - number) <= margin for each in rounded)


def _item(item: Item) -> Element:
    ident = f"gradecheck_{item.quiz}_{item.id}"
    element = Element("item", ident=ident, title=item.id)
    match item.question:
        case Number():
            answers = [f"{ident}_number"]
        case ShortText():
            answers = [f"{ident}_{place}" for place, _ in enumerate(item.variant.words, start=1)]
        case Matching():
            answers = [_partner(item, one) for one in item.variant.partners]
        case _:
            answers = [_ident(item, choice.id) for choice in item.choices]
    fields = {
        "question_type": _KINDS[type(item.question)],
        "points_possible": plain_number(item.question.points),
        "original_answer_ids": ",".join(answers),
        "assessment_question_identifierref": f"{ident}_ref",
    }
    _metadata(SubElement(element, "itemmetadata"), fields)
    _presentation(element, item)
    feedback = dict(_feedback(item))
    _processing(element, item, feedback)
    for name, content in feedback.items():
        material = SubElement(SubElement(SubElement(element, "itemfeedback", ident=name), "flow_mat"), "material")
        SubElement(material, "mattext", texttype="text/html").text = content
    return element


def _metadata(parent: Element, fields: dict[str, str]) -> None:
    metadata = SubElement(parent, "qtimetadata")
    for label, entry in fields.items():
        field = SubElement(metadata, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry


def _presentation(element: Element, item: Item) -> None:
    presentation = SubElement(element, "presentation")
    _material(presentation, item.ask() + _request(places(item)))
    if isinstance(item.question, Number | ShortText):
        form, label = ({"fibtype": "Decimal"}, {}) if isinstance(item.question, Number) else ({}, {"rshuffle": "No"})
        response = SubElement(presentation, "response_str", ident=_RESPONSE, rcardinality="Single")
        SubElement(SubElement(response, "render_fib", form), "response_label", {"ident": "answer1", **label})
        return
    if isinstance(item.question, Matching):
        _matching_sides(presentation, item)
        return
    cardinality = "Multiple" if isinstance(item.question, Multiple) else "Single"
    response = SubElement(presentation, "response_lid", ident=_RESPONSE, rcardinality=cardinality)
    choices = SubElement(response, "render_choice")
    for choice in item.choices:
        _material(SubElement(choices, "response_label", ident=_ident(item, choice.id)), item.text(choice))


def _request(moved: int) -> str:
    """What is asked for where the decimal sign is moved."""
    if not moved:
        return ""
    said = tr(
        "Only four decimals of what you type are kept. Give 10<sup>{n}</sup> times your answer: 2.5, if your answer is"
        " 2.5·10<sup>−{n}</sup>.",
        n=moved,
    )
    return f"<p>{said}</p>"


def _matching_sides(presentation: Element, item: Item) -> None:
    """Every left side is a question of its own, which offers every right side."""
    for left, (text, _) in zip(item.variant.lefts, item.pairs(), strict=True):
        response = SubElement(presentation, "response_lid", ident=f"response_{left.id}")
        _material(response, text)
        choices = SubElement(response, "render_choice")
        for piece in item.variant.pieces:
            label = SubElement(choices, "response_label", ident=_partner(item, piece.id))
            SubElement(SubElement(label, "material"), "mattext", texttype="text/plain").text = title(piece.text)


def _partner(item: Item, piece: str) -> str:
    return f"{item.quiz}_{item.id}_right_{piece}"


def _material(parent: Element, content: str) -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype="text/html").text = content


def _feedback(item: Item) -> Iterator[tuple[str, str]]:
    """Yield each feedback with its name."""
    if isinstance(item.question, Number):
        yield "general_fb", item.right()
        moved = places(item)
        traps = (f"{html(_about(shifted(trap.number, moved)))}\n{trap.feedback}" for trap in item.traps())
        yield "general_incorrect_fb", "\n".join(traps)
        return
    if item.variant.right:
        yield "general_fb", item.right()
    if isinstance(item.question, ShortText):
        wrong = [f"<p>{escape(word.text)}:</p>\n{word.feedback}" for word in item.words() if not word.counts]
        if wrong:
            yield "general_incorrect_fb", "\n".join(wrong)
    if isinstance(item.question, Matching) and (said := item.why_of_pairs()):
        yield "general_incorrect_fb", said
    for choice in item.choices:
        yield f"{_ident(item, choice.id)}_fb", item.why(choice)


def _about(number: float) -> str:
    return tr("If your number is about {number}:", number=decimal(plain_number(number)))


def _processing(element: Element, item: Item, feedback: dict[str, str]) -> None:
    processing = SubElement(element, "resprocessing")
    SubElement(
        SubElement(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
    )
    if "general_fb" in feedback:
        SubElement(_condition(processing, "Yes", "general_fb"), "other")
    if isinstance(item.question, Number):
        _number_condition(_scoring(processing), item)
        SubElement(_condition(processing, "Yes", "general_incorrect_fb"), "other")
        return
    if isinstance(item.question, ShortText):
        scoring = _scoring(processing)
        for word in item.variant.words:
            _equal(scoring, word)
    if isinstance(item.question, Matching):
        _score_pairs(processing, item)
    if "general_incorrect_fb" in feedback:
        SubElement(_condition(processing, "Yes", "general_incorrect_fb"), "other")
    for choice in item.choices:
        ident = _ident(item, choice.id)
        _equal(_condition(processing, "Yes", f"{ident}_fb"), ident)
    if item.choices:
        _key_condition(_scoring(processing), item)


def _score_pairs(processing: Element, item: Item) -> None:
    """Each pair adds its share of 100."""
    for left, key in zip(item.variant.lefts, item.variant.partners, strict=True):
        condition = SubElement(processing, "respcondition")
        equal = SubElement(SubElement(condition, "conditionvar"), "varequal", respident=f"response_{left.id}")
        equal.text = _partner(item, key)
        share = f"{100 / len(item.variant.lefts):.2f}"
        SubElement(condition, "setvar", varname="SCORE", action="Add").text = share


def _condition(processing: Element, goes_on: str, feedback: str | None, *, scores: bool = False) -> Element:
    condition = SubElement(processing, "respcondition", {"continue": goes_on})
    variables = SubElement(condition, "conditionvar")
    if scores:
        SubElement(condition, "setvar", action="Set", varname="SCORE").text = "100"
    if feedback is not None:
        SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=feedback)
    return variables


def _scoring(processing: Element) -> Element:
    return _condition(processing, "No", None, scores=True)


def _key_condition(variables: Element, item: Item) -> None:
    if not isinstance(item.question, Multiple):
        for choice in item.choices:
            if choice.correct:
                _equal(variables, _ident(item, choice.id))
        return
    all_of = SubElement(variables, "and")
    for choice in item.variant.choices:
        _equal(all_of if choice.correct else SubElement(all_of, "not"), _ident(item, choice.id))


def _number_condition(variables: Element, item: Item) -> None:
    key, moved = item.key(), places(item)
    number, low, high = (
        plain_number(shifted(value, moved)) for value in (key.number, key.number - key.margin, key.number + key.margin)
    )
    either = SubElement(variables, "or")
    SubElement(either, "varequal", respident=_RESPONSE).text = number
    between = SubElement(either, "and")
    SubElement(between, "vargte", respident=_RESPONSE).text = low
    SubElement(between, "varlte", respident=_RESPONSE).text = high


def _equal(parent: Element, ident: str) -> None:
    SubElement(parent, "varequal", respident=_RESPONSE).text = ident


def _ident(item: Item, choice: str) -> str:
    return f"{item.quiz}_{item.id}_{choice}"


@of_quiz("zip")
def subcommand(request: QuizRequest) -> Iterable[BundledFile]:
    """A QTI 1.2 zip for Canvas."""
    quiz = request.quiz
    room = request.with_room(Single, Multiple, Number, TrueFalse, ShortText, Matching)
    moved = [item.id for item in room if places(item)]
    if moved:
        request.tell(
            tr(
                "Canvas keeps four decimals of a number, too few for {questions}: there a power of ten times the answer"
                " is asked for.",
                questions=", ".join(moved),
            )
        )
    return files(quiz.id, quiz.title, quiz.intro, room)
