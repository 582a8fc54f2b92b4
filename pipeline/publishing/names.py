"""Names of themes for people, in one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class ThemeNames:
    """Names by id; an id that is not in the lexicon is its own name.

    Attributes:
        themes: Names of themes.
        groups: Names of groups.
    """

    themes: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def theme(self, theme: str) -> str:
        """Returns the name of a theme."""
        return self.themes.get(theme, theme)

    def group(self, group: str) -> str:
        """Returns the name of a group."""
        return self.groups.get(group, group)


def theme_names(taxonomy: Taxonomy, language: str) -> ThemeNames:
    """Returns the names that a lexicon has in a language, `sv` or `en`."""
    swedish = language == "sv"
    return ThemeNames(
        {theme.id: theme.sv if swedish else theme.en for theme in taxonomy.themes},
        {group.id: group.sv if swedish else group.en for group in taxonomy.groups},
    )
