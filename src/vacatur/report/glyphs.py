"""The shapes of states: shape first, colour second, and a word always beside them."""

from __future__ import annotations

from vacatur.report.html import Html, el

DEFS = Html("""<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="p-susp" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ps0" width="6" height="6"/>\
<path class="ps1" d="M0 0V6"/></pattern>
<pattern id="p-susp-l" width="6" height="6" patternUnits="userSpaceOnUse"><path class="pl1" d="M0 0V6"/></pattern>
<pattern id="p-disp" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect class="pd0" width="7" height="7"/><rect class="pd1" width="2.6" height="7"/></pattern>
<pattern id="p-disp-l" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect class="pdl" width="2.6" height="7"/></pattern>
<pattern id="p-lic" width="9" height="9" patternUnits="userSpaceOnUse"><rect class="pc0" width="9" height="9"/>\
<path class="pc1" d="M4.5 1.8 7.2 4.5 4.5 7.2 1.8 4.5Z"/></pattern>
<pattern id="p-after" width="8" height="8" patternUnits="userSpaceOnUse"><circle class="pa" cx="1.5" cy="1.5" r=".8"/>\
</pattern>
<symbol id="g-proh" viewBox="0 0 16 16"><path d="M1 1H15V15H1Z" fill="currentColor"/></symbol>
<symbol id="g-perm" viewBox="0 0 16 16"><circle class="gs" cx="8" cy="8" r="6.4"/></symbol>
<symbol id="g-disp" viewBox="0 0 16 16"><path class="gs" d="M1.2 1.2H14.8V14.8H1.2ZM2 14 14 2M2 8 8 2M8 14 14 8"/>\
</symbol>
<symbol id="g-susp" viewBox="0 0 16 16"><path class="gs" d="M2 1V15M14 1V15M6 4V12M10 4V12"/></symbol>
<symbol id="g-sched" viewBox="0 0 16 16"><path class="gs" d="M1.2 1.2H14.8V14.8H1.2Z"/></symbol>
<symbol id="g-lic" viewBox="0 0 16 16"><path class="gs" d="M8 1 15 8 8 15 1 8Z"/></symbol>
<symbol id="g-list" viewBox="0 0 16 16"><path d="M0 5.5H16V10.5H0Z" fill="currentColor"/></symbol>
<symbol id="g-none" viewBox="0 0 16 16"><path class="gs" d="M1 8H15"/></symbol>
<symbol id="g-warn" viewBox="0 0 16 16"><path class="gs" d="M8 1.6 15 14.4H1ZM8 6v4.2M8 11.6v1.6"/></symbol>
</defs></svg>""")
"""Patterns of bars and symbols of states, defined once a page; their colours come from the style sheet."""


def glyph(name: str) -> Html:
    """The glyph of a state; a word stands beside it."""
    return el("svg", el("use", href=f"#g-{name}"), class_=f"g g-{name}", aria_hidden="true")


def tag(name: str, words: str) -> Html:
    """Glyph and word."""
    return el("span", glyph(name), el("span", words), class_=f"tag t-{name}")
