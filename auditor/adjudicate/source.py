"""Sources of merits: which rows of which record are a ground for reward, and for whom."""

from __future__ import annotations

from pydantic import Field, StrictStr

from auditor.adjudicate.forms import ClauseId, Identifier, Model, Origin


class MeritSource(Model):
    """Each row of ``record`` where the condition ``where`` holds shows the ``ground`` for its ``subject``.

    ``subject`` names a column of persons, or one of text that counts where it is exactly a name on the roster;
    ``amount`` names a column of money in yuan.
    """

    ground: Identifier
    cites: tuple[ClauseId, ...] = ()
    origin: Origin = Field(alias="from")
    reason: StrictStr | None = None
    record: Identifier
    where: StrictStr | None = None
    subject: Identifier
    amount: Identifier | None = None
