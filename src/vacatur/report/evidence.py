"""The acts and their words: what happened, since when it could be known, what it does, and the document's own text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vacatur.law.corpus import Corpus
from vacatur.model.act import Act, Quote
from vacatur.model.document import Document
from vacatur.report.dates import day, moment, short
from vacatur.report.dossier import Dossier
from vacatur.report.html import Html, el, join, link, web_address
from vacatur.report.timeline.acts import Shown
from vacatur.report.vocabulary import capital, effect_words, verb

_CUT = "Later than this view. Shown for context; not counted in the answer above."


def acts_section(dossier: Dossier, documents: Mapping[str, Document]) -> Html | None:
    """Every act of the picture with its evidence, under a heading that counts them."""
    if not dossier.acts:
        return None
    beside = sum(act.consequence for act in dossier.acts)
    letters = f"; {beside} consequences by letter" if beside else ""
    counted = f"{len(dossier.acts) - beside} acts, oldest first{letters}"
    head = el("div", el("h2", "Acts and their words"), el("span", counted, class_="s q"), class_="head")
    return el("section", head, acts_list(dossier, documents), id="acts")


def acts_list(dossier: Dossier, documents: Mapping[str, Document]) -> Html:
    """Every act of the picture with its evidence; what came later than the view stands under a line that says so."""
    items: list[Html] = []
    for later in (False, True):
        acts = sorted((act for act in dossier.acts if act.later is later), key=lambda act: act.act.issued.earliest)
        if later and acts:
            items.append(el("li", _CUT, class_="cut"))
        items += [_item(act, dossier, documents) for act in acts]
    return el("ol", *items, class_="acts")


def _item(one: Shown, dossier: Dossier, documents: Mapping[str, Document]) -> Html:
    lanes = dossier.timeline.lanes if dossier.timeline is not None else ()
    several = sum(lane.programme is not None for lane in lanes) > 1
    return act_item(one, dossier.corpus, documents, named=several)


def act_item(one: Shown, corpus: Corpus, documents: Mapping[str, Document], *, named: bool) -> Html:
    """One act with its evidence, as an entry of a list; `named` says that its programme is named too."""
    act, programme = one.act, corpus.programmes.get(one.act.programme)
    zone_name = programme.zone if programme is not None else "UTC"
    kind = f"{act.kind} · {'consequence' if one.consequence else effect_words(act.kind)}"
    name = programme.short if programme is not None else act.programme
    where = name if named else ""
    what = el("div", el("h3", act.title or capital(verb(act.kind)), " ", el("span", kind, class_="kind")),
              el("p", ", ".join(part for part in (where, act.issuer, act.authority, act.docket) if part), class_="by"),
              el("p", act.note) if act.note else None, _more(act), class_="what")  # fmt: skip
    return el("li", el("span", one.number, class_="n"), _when(act, zone_name), what, _document(act, documents),
              id=one.anchor, class_="later" if one.later else None)  # fmt: skip


def _when(act: Act, zone_name: str) -> Html:
    issued, public = moment(act.issued, zone_name, brief=True), moment(act.published, zone_name, brief=True)
    same = act.published.text == act.issued.text or public == issued
    known = None if same else el("small", f"known since {public}")
    return el("div", el("time", issued), known, class_="when")


def _more(act: Act) -> Html | None:
    """What limits or qualifies the act, in our words."""
    said = [f"Contested: {act.disputed}"] if act.disputed is not None else []
    if act.effect == "unknown":
        said.append("How far back it works is not known from its words.")
    if act.scope is not None and act.scope.condition:
        said.append(f"Condition: {act.scope.condition}")
    if act.until is not None:
        said.append(f"Until: {act.until}")
    said += [f"Ground: {ground}" for ground in act.grounds]
    return el("p", join(said, " ")) if said else None


def _document(act: Act, documents: Mapping[str, Document]) -> Html:
    document = documents.get(act.document) if act.document is not None else None
    parts: list[Html | str | None] = [_words(act.quote), el("cite", *_cited(document), " ", _grade(act.grade))]
    seen = [source for source in act.sources if web_address(source)]
    if seen:
        places = [link(_host(source), source) for source in dict.fromkeys(seen[:4])]
        parts.append(el("p", "also seen: ", join(places, ", "), class_="also"))
    return el("div", *parts, class_="doc")


def _words(quote: Quote | None) -> Html | None:
    """The document's words in its own face and in quotation marks; a statement of ours in neither."""
    if quote is None or not quote.text:
        return None
    return el("p", quote.text, class_="ours") if quote.ours else el("blockquote", el("q", quote.text))


def _cited(document: Document | None) -> list[Html | str | None]:
    if document is None:
        return ["The document itself is not in the ledger."]
    published = _published(document)
    rest = ", ".join(part for part in (document.publisher, document.citation, published) if part)
    return [link(document.title, document.url), f". {rest}" if rest else None]


def _published(document: Document) -> str:
    """The day of publication in words, unless the citation says it already."""
    try:
        when = date.fromisoformat(document.published)
    except ValueError:
        return document.published
    return "" if any(words in document.citation for words in (day(when), short(when), str(when))) else day(when)


def _grade(grade: str) -> Html:
    return el("span", grade, class_="grade")


def _host(address: str) -> str:
    return address.partition("//")[2].partition("/")[0].removeprefix("www.")
