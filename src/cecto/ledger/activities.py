"""What an entry is about, as a frozen value, and how it becomes a row that is stored once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class FacetFacts:
    """What one program calls an activity, in that program's own words."""

    competency: str = ""
    category: str = ""
    slot: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What an activity was. Equal facts are one row in the ledger.

    `kind` is session, module, assignment, project, event, study, document, exam or credential; for a make-up, how it
    was made up.
    A session has its key and a segment's code; a piece of work has its key and the code that definitions
    call it by. `facets` is keyed by program code.
    """

    title: str
    kind: str
    modality: str = ""
    meeting_key: str = ""
    segment_code: str = ""
    item_key: str = ""
    item_code: str = ""
    held_by: str = ""
    provider: str = ""
    series: str = ""
    required: bool = False
    facets: Mapping[str, FacetFacts] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash (hex) that equal facts share."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def facets_as_json(self) -> dict[str, object]:
        """The facets as they are stored."""
        return {program: asdict(facet) for program, facet in self.facets.items()}
