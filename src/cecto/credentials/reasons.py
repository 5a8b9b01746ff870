"""Why a credential is revoked: the kinds the program distinguishes, each with words the public may read."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "error": "It was issued in error.",
    "evidence": "The record behind it was wrong.",
    "conduct": "The program withdrew the certification.",
    "request": "It was withdrawn at the holder’s request.",
    "key": "The key it was signed with can no longer be trusted; a new version was issued.",
    "corrected": "It was corrected.",
    "renewed": "It was renewed.",
    "reinstated": "It had expired and was reinstated.",
    "published": "Our published list of revocations has it; the record of why was lost.",
}
# These are told by the actions that put a new version in the place of the revoked one, or that follow a restore.
BY_ACTIONS = ("corrected", "renewed", "reinstated", "published")
FOR_GOOD = {reason: words for reason, words in REASONS.items() if reason not in BY_ACTIONS}


class UnknownReason(ValueError):
    """The reason is none of the kinds above."""


def wording_of(reason: str, wording: str = "") -> str:
    """Return what the public reads: the given words, or those of the kind. Raises UnknownReason."""
    if reason not in REASONS:
        raise UnknownReason(f"“{reason}” is not a reason to revoke. Use one of: {', '.join(FOR_GOOD)}.")
    return wording.strip() or REASONS[reason]
