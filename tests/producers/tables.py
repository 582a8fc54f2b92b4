"""The output of the bench: blocks of variants, tables of producers, kinds of misses, flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tests.producers.scoring import Miss, Score, Told
from tests.producers.variants import Variant

_HEAD = f"{'variant':42}{'rows':>6}{'exact':>9}{'but -':>9}{'lost':>6}{'false':>6}{'silent':>8}"
_BINS = ((0.99, "0.99 and more"), (0.9, "0.9 to 0.99"), (0.8, "0.8 to 0.9"), (0.0, "below 0.8"))


def block(title: str, variants: Iterable[Variant], scores: Mapping[str, Score]) -> Iterator[str]:
    """Yields a line for each variant, and for each kind of file."""
    yield f"\n{title}\n{_HEAD}"
    kinds: dict[str, Score] = {}
    for variant in variants:
        yield _line(variant.name, scores[variant.name])
        kinds[variant.kind] = kinds.get(variant.kind, Score()) + scores[variant.name]
    for kind, total in kinds.items():
        yield _line(f"all {kind}", total)


def markdown(variants: Iterable[Variant], scores: Mapping[str, Score]) -> Iterator[str]:
    """Yields a Markdown table with a line per producer; a star marks those held out of tuning."""
    groups: dict[str, Score] = {}
    for variant in variants:
        name = variant.producer + (" *" if variant.held_out else "")
        groups[name] = groups.get(name, Score()) + scores[variant.name]
    yield "| producer | rows | exact | but for blanks | lost | false | silent |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in groups.items():
        rows = max(one.rows, 1)
        exact, nearly = (_percent(part, rows).strip() for part in (one.exact, one.nearly))
        silent = f"{100 * one.silent / rows:.1f} %"
        counts = f"{one.lost} | {one.false} | {silent}"
        yield f"| {name} | {one.rows:,} | {exact} % | {nearly} % | {counts} |"


def _line(name: str, one: Score) -> str:
    rows = max(one.rows, 1)
    silent = f"{one.silent:4}{100 * one.silent / rows:5.1f}"
    return (
        f"{name:42}{one.rows:6}{_percent(one.exact, rows)}{_percent(one.nearly, rows)}"
        f"{one.lost:6}{one.false:6} {silent}"
    )


def _percent(part: int, whole: int) -> str:
    """A share in per cent, rounded down, so that 100 means all."""
    return f"{int(1000 * part / whole) / 10:9.1f}"


def classes(variants: Iterable[Variant], scores: Mapping[str, Score]) -> Iterator[str]:
    """Yields how often the same fields are wrong, except in variants held out of tuning."""
    counts: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    for variant in variants:
        if variant.held_out:
            continue
        for miss in scores[variant.name].misses:
            kind = f"{variant.kind} {miss.kind}{' (blanks)' if miss.blanks else ''}"
            counts[kind] += 1
            where.setdefault(kind, Counter())[variant.name] += 1
    for kind, count in counts.most_common():
        worst = ", ".join(f"{name} {n}" for name, n in where[kind].most_common(4))
        yield f"{count:5} {kind}: {worst}"


def flags(variants: Iterable[Variant], scores: Mapping[str, Score]) -> Iterator[str]:
    """Yields, for each kind of source, how well flags and confidence predict wrong rows."""
    kinds: dict[str, list[Told]] = {}
    for variant in variants:
        source, _, tool = variant.producer.partition(": ")
        if variant.kind == "dump":
            source = f"{source}: {tool}"
        source += ", held out of tuning" if variant.held_out else ""
        kinds.setdefault(source, []).extend(scores[variant.name].told)
    for source, told in kinds.items():
        yield f"\n| {source} | rows | of them wrong |"
        yield "|---|---|---|"
        yield _flag("all", told)
        yield _flag("without any flag of doubt", [one for one in told if not one.doubted])
        names = Counter(flag for one in told for flag in one.flags)
        for name, _ in names.most_common():
            yield _flag(f"`{name}`", [one for one in told if name in one.flags])
        for at, (low, name) in enumerate(_BINS):
            high = _BINS[at - 1][0] if at else 2.0
            yield _flag(f"confidence {name}", [o for o in told if low <= o.confidence < high])


def _flag(name: str, told: list[Told]) -> str:
    wrong = sum(one.wrong for one in told)
    share = f"{100 * wrong / len(told):.1f} %" if told else ""
    return f"| {name} | {len(told):,} | {wrong:,} {f'({share})' if share else ''} |"


def describe(miss: Miss) -> Iterator[str]:
    """Yields the lines of a miss: each wrong field with its first difference."""
    row = miss.expected or miss.found
    assert row is not None
    sign = "SILENT" if miss.silent else "doubted"
    own = ",".join(miss.found.flags) if miss.found else ""
    sure = f"{miss.found.confidence}" if miss.found else ""
    page = miss.found.page_first if miss.found else None
    yield f"\n[{miss.seed}] {row.key} {miss.kind} {sign} {own} {sure} page {page}"
    if miss.expected is None or miss.found is None:
        yield f"    {row.question!r} | {row.detail!r} | {row.answer!r} | {row.comment[:80]!r}"
        return
    for name in miss.kind.split("+"):
        expected, found = (str(getattr(one, name) or "") for one in (miss.expected, miss.found))
        start = next(
            (n for n, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]),
            min(len(expected), len(found)),
        )
        at = max(start - 30, 0)
        yield f"    {name} at {start}: true {expected[at : start + 60]!r}"
        yield f"    {'':{len(name) + len(str(start)) + 4}} read {found[at : start + 60]!r}"
