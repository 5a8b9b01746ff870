"""What makes a definition unreadable though each key is sound: ids written twice, names that lead nowhere."""

from __future__ import annotations

from cecto.requirements.document import Definition, Hours, Limit, Node
from cecto.requirements.problems import Position, Report, nearest


def check_structure(definition: Definition, report: Report) -> None:
    """Report duplicate ids and unknown pools."""
    _ids(definition, report)
    pools = [name for name, _ in definition.pools]
    for node in definition.walk():
        if isinstance(node, Hours) and node.pool and node.pool not in pools:
            report.say(node.at, f"There is no pool `{node.pool}`.", nearest(node.pool, pools), node=node.id)


def _ids(definition: Definition, report: Report) -> None:
    seen: dict[str, Position] = {}
    for owner in _named(definition):
        if owner.id in seen:
            text = f"The id `{owner.id}` is taken on line {seen[owner.id].line}."
            report.say(owner.at, text, "Give each requirement and cap its own id.", node=owner.id)
        seen.setdefault(owner.id, owner.at)


def _named(definition: Definition) -> list[Node | Limit]:
    found: list[Node | Limit] = [limit for _, pool in definition.pools for limit in pool.limits]
    for node in definition.walk():
        found.append(node)
        found.extend(node.limits if isinstance(node, Hours) else ())
    return found
