"""Which kinds of act a key may sign, as the acts of the register say."""

from __future__ import annotations

from travaux.acts.kinds import Accredit
from travaux.register.fold import AsOf


def scope_at(asof: AsOf, name: str, index: int) -> tuple[str, ...]:
    """The kinds that the key `name` (``party/role``) could sign at log `index`; ``*`` is all of them.

    The last accreditation of the name before `index` counts; without any there are none.
    """
    scope: tuple[str, ...] = ()
    for entered in asof.acts(Accredit):
        if entered.index < index:
            scope = next((k.kinds for k in entered.act.keys if k.vkey.split("+")[0] == name), scope)
    return scope
