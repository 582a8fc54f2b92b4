"""Corrections of themes (added, struck, other assertion) in the corrected comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.corrections import THEME_KINDS, Correction, Kind, RowText, ThemeMark
from models.report import AppliedCorrection, Assertion, CorrectionState, Mention
from models.taxonomy import Taxonomy
from pipeline.corrections.conflicts import DIFFER
from pipeline.corrections.places import row_of
from pipeline.corrections.rows import Row

STRUCK = "struck"
MOVED = "The comment no longer has this text in exactly one place."
NO_MENTION = "The theme is no longer found there."
NO_THEME = "The theme is not in the lexicon."


@dataclass(frozen=True, slots=True)
class Marked:
    """Mentions as corrected.

    Attributes:
        mentions: All mentions of the report, by position and offset.
        positions: Answers whose mentions were corrected.
        outcomes: The state of each correction of themes.
    """

    mentions: list[Mention]
    positions: frozenset[int]
    outcomes: list[AppliedCorrection]


@dataclass(slots=True)
class _Aimed:
    """A correction, the span it concerns, and its state."""

    correction: Correction
    mark: ThemeMark
    row: Row | None = None
    start: int = 0
    state: CorrectionState = CorrectionState.ACTIVE
    reason: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.mark.surface)

    @property
    def wish(self) -> str:
        """The desired assertion, or that there should be no mention."""
        if self.correction.kind is Kind.THEME_STRUCK:
            return STRUCK
        if self.correction.kind is Kind.ASSERTION:
            return self.correction.value
        return str(self.mark.assertion)

    def set_aside(self, state: CorrectionState, reason: str = "") -> None:
        self.state, self.reason = state, reason


def mark(
    rows: Sequence[Row],
    texts: Sequence[RowText],
    keys: Sequence[str],
    mentions: Sequence[Mention],
    corrections: Sequence[Correction],
    taxonomy: Taxonomy,
) -> Marked:
    """Returns the mentions with the corrections of themes applied.

    Args:
        rows: The rows as corrected.
        texts: The rows as read.
        keys: Their keys.
        mentions: The mentions found in the rows as corrected.
        corrections: All corrections of the report.
        taxonomy: The known themes.
    """
    aimed = [
        _aim(correction, correction.mention, rows, texts, keys)
        for correction in corrections
        if correction.kind in THEME_KINDS and correction.mention is not None
    ]
    _find_conflicts(aimed)
    held = list(mentions)
    positions: set[int] = set()
    for item in aimed:
        if item.state is CorrectionState.ACTIVE and item.row is not None:
            _do(item, item.row, held, taxonomy)
            if item.state is CorrectionState.ACTIVE:
                positions.add(item.row.position)
    held.sort(key=lambda mention: (mention.position, mention.start, mention.end))
    return Marked(held, frozenset(positions), [_outcome(item) for item in aimed])


def _aim(
    correction: Correction,
    mark: ThemeMark,
    rows: Sequence[Row],
    texts: Sequence[RowText],
    keys: Sequence[str],
) -> _Aimed:
    item = _Aimed(correction, mark)
    found = row_of(texts, keys, correction)
    for row in rows:
        if found.index is not None and found.index in row.old:
            start = _start(row.answer.comment, mark, same=found.state is CorrectionState.ACTIVE)
            if start is not None:
                item.row, item.start = row, start
                return item
            item.row = item.row or row
    item.set_aside(CorrectionState.STALE, MOVED if item.row else found.reason)
    return item


def _start(comment: str, mark: ThemeMark, *, same: bool) -> int | None:
    """Where a mention's text starts in a comment: at its old place, or in its own sentence."""
    if same and comment[mark.start : mark.end] == mark.surface:
        return mark.start
    if not mark.sentence or comment.count(mark.sentence) != 1:
        return None
    if mark.sentence.count(mark.surface) != 1:
        return None
    return comment.index(mark.sentence) + mark.sentence.index(mark.surface)


def _find_conflicts(aimed: Sequence[_Aimed]) -> None:
    """Marks corrections as in conflict where reviewers disagree about a mention."""
    same: dict[tuple[object, ...], list[_Aimed]] = defaultdict(list)
    for item in aimed:
        if item.row is not None and item.state is CorrectionState.ACTIVE:
            same[item.row.position, item.mark.theme, item.start].append(item)
    for items in same.values():
        if len({item.wish for item in items}) < 2:
            continue
        names = {item.correction.reviewer for item in items}
        for item in items:
            others = ", ".join(sorted(names - {item.correction.reviewer}))
            item.set_aside(CorrectionState.CONFLICT, DIFFER.format(others=others))


def _do(item: _Aimed, row: Row, mentions: list[Mention], taxonomy: Taxonomy) -> None:
    """Applies a correction to the list of mentions, or records why it cannot."""
    mark = item.mark
    there = next(
        (
            mention
            for mention in mentions
            if (mention.position, mention.theme) == (row.position, mark.theme)
            and mention.start < item.end
            and item.start < mention.end
        ),
        None,
    )
    kind = item.correction.kind
    if there is None:
        if kind is Kind.THEME_STRUCK:
            item.set_aside(CorrectionState.RESOLVED)
        elif kind is Kind.ASSERTION:
            item.set_aside(CorrectionState.STALE, NO_MENTION)
        elif mark.theme not in taxonomy.by_id:
            item.set_aside(CorrectionState.STALE, NO_THEME)
        else:
            mentions.append(_mention(item, row, taxonomy))
    elif kind is Kind.THEME_STRUCK:
        mentions.remove(there)
    elif there.assertion == item.wish:
        item.set_aside(CorrectionState.RESOLVED)
    elif kind is Kind.ASSERTION and there.assertion != mark.assertion:
        item.set_aside(CorrectionState.STALE, f"It is now read as {there.assertion}.")
    else:
        changed = replace(there, assertion=Assertion(item.wish), cue="")
        mentions[mentions.index(there)] = changed


def _mention(item: _Aimed, row: Row, taxonomy: Taxonomy) -> Mention:
    mark = item.mark
    group = taxonomy.by_id[mark.theme].group
    return Mention(
        row.position,
        mark.theme,
        group,
        mark.surface,
        item.start,
        item.end,
        mark.sentence,
        mark.assertion,
    )


def _outcome(item: _Aimed) -> AppliedCorrection:
    correction, mark = item.correction, item.mark
    name = f"{mark.theme}: {mark.surface}"
    texts = {
        Kind.THEME_ADDED: ("", f"{name} ({mark.assertion})"),
        Kind.THEME_STRUCK: (f"{name} ({mark.assertion})", ""),
        Kind.ASSERTION: (f"{name} ({mark.assertion})", f"{name} ({correction.value})"),
    }
    read, corrected = texts[correction.kind]
    return AppliedCorrection(
        kind=str(correction.kind),
        field="themes",
        read=read,
        corrected=corrected,
        state=item.state,
        reviewer=correction.reviewer,
        at=correction.at,
        correction=correction.id,
        made_on=correction.report_id,
        position=item.row.position if item.row else None,
        key=item.row.answer.key if item.row else correction.key,
        reason=item.reason,
        note=correction.note,
    )
