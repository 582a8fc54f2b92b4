"""Arguments that name a location: a local path, or an address in an object store."""

from __future__ import annotations

import click

from pipeline.addresses import is_remote


class PlaceType(click.Path):
    """A local path that exists, or an fsspec address such as `s3://bucket/folder`, as text.

    An address is not checked until it is used; anything wrong with it is reported then.
    """

    name = "place"

    def convert(  # type: ignore[override]
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Returns the location as it was given.

        Raises:
            click.BadParameter: The local path does not exist.
        """
        if not is_remote(value):
            super().convert(value.removeprefix("file://"), param, ctx)
        return value


PLACE = PlaceType(exists=True)
FOLDER = PlaceType(exists=True, file_okay=False)
