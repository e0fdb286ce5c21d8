"""The one Markdown parser of the documents, and what it lets through.

Raw HTML is text unless it is on a short list; links lead to the web, to mail or into the document; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from cdispec.model.policy import REFERENCE

TAG = r"/?(?:sup|sub|abbr)>|br ?/?>|abbr title=\"[^\"<>]*\">"
"""The tags that are let through, without the bracket that opens them."""

DESTINATION = r"https?://|mailto:|#"
"""How the destination of a link begins."""

Clauses = Mapping[str, tuple[str, str]]
"""For each permanent id the label a cross reference prints, and the anchor it leads to."""

_ALLOWED_TAG = re.compile(rf"<(?:{TAG})")
_ALLOWED_LINK = re.compile(DESTINATION, re.IGNORECASE)


def html_of(markdown: str, clauses: Clauses) -> str:
    """Paragraphs, lists and tables as HTML."""
    return str(_PARSER.render(markdown, {"clauses": clauses}))


def inline_html_of(text: str, clauses: Clauses) -> str:
    """A text within a line as HTML."""
    return str(_PARSER.renderInline(text, {"clauses": clauses}))


def table_body(markdown: str) -> tuple[int, int] | None:
    """The lines, counted from 0, between which the rows of the first table stand."""
    tokens = _PARSER.parse(markdown, {"clauses": {}})
    lines = next((token.map for token in tokens if token.type == "tbody_open" and token.map), None)
    return (lines[0], lines[1]) if lines else None


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is markdown-it-py's)
        return _ALLOWED_LINK.match(url) is not None


def _clause(state: StateInline, silent: bool) -> bool:
    """`{id}` is a cross reference where there is such a clause, and text where there is none."""
    match = REFERENCE.match(state.src, state.pos)
    clauses: Clauses = state.env["clauses"]
    if match is None or match[1] not in clauses:
        return False
    if not silent:
        label, anchor = clauses[match[1]]
        token = state.push("clause", "", 0)
        token.content = label
        token.meta = {"anchor": "" if state.linkLevel else anchor}
    state.pos = match.end()
    return True


def _print_clause(
    renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    label, anchor = escape(tokens[at].content), escape(tokens[at].meta["anchor"])
    return f'<a class="clause" href="#{anchor}">{label}</a>' if anchor else label


def _print_tag(renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    tag = tokens[at].content
    return tag if _ALLOWED_TAG.fullmatch(tag) else escape(tag)


def _print_table(
    renderer: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """A table stands in a box of its own, so that on a narrow screen it scrolls and the page does not."""
    return '<div class="table"><table>\n' if tokens[at].nesting == 1 else "</table></div>\n"


def _table_headers(state: StateCore) -> None:
    """Name what each header cell heads: those of the first row their column, those of the first column their row."""
    for at, token in enumerate(state.tokens):
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "tr_open" and state.tokens[at + 1].type == "td_open":
            opening, closing = state.tokens[at + 1], state.tokens[at + 3]
            opening.tag = closing.tag = "th"
            opening.attrSet("scope", "row")


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable("table")
    # A heading is a section; what stands within a list or a quotation cannot be one. An image would be fetched.
    parser.disable(["heading", "lheading", "html_block", "image"])
    parser.inline.ruler.before("link", "clause", _clause)
    parser.core.ruler.push("table_headers", _table_headers)
    parser.add_render_rule("clause", _print_clause)
    parser.add_render_rule("table_open", _print_table)
    parser.add_render_rule("table_close", _print_table)
    parser.add_render_rule("html_inline", _print_tag)
    return parser


_PARSER = _parser()
