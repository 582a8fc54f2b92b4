"""Arguments that name a place: a local path, or an address of an object store."""

from __future__ import annotations

import click

from pipeline.addresses import is_remote


class PlaceType(click.Path):
    """A local path that exists, or an fsspec address as `s3://bucket/folder`, as text.

    An address is not looked at before it is used: what is wrong with it is said then.
    """

    name = "place"

    def convert(  # type: ignore[override]
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Returns the place as it was given.

        Raises:
            click.BadParameter: There is no such local path.
        """
        if not is_remote(value):
            super().convert(value.removeprefix("file://"), param, ctx)
        return value


PLACE = PlaceType(exists=True)
FOLDER = PlaceType(exists=True, file_okay=False)
