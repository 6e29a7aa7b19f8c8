"""`dateline relink`: tell catalog and views where the files are, after the home folder was moved."""

from __future__ import annotations

from warehouse import catalog
from warehouse.database import refresh
from warehouse.home import Home
from warehouse.lock import maintained


def relink(home: Home) -> int:
    """Write the place of the home into its catalog and build its views anew; return the newest snapshot."""
    with maintained(home):
        with catalog.connect(home) as connection, catalog.transaction(connection):
            catalog.set_place(connection, home)
        return refresh(home)
