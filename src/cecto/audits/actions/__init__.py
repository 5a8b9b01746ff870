"""Every write of audits."""

from cecto.audits.actions.agreements import Agreed, Move, agree_to_version
from cecto.audits.actions.class_wide import grant_to_class, join_proposal, revoke_proposal
from cecto.audits.actions.exceptions import ExceptionRefused, grant_exception, join_exception, revoke_exception
from cecto.audits.actions.versions import change_version, keep_version
from cecto.audits.refusing import VersionRefused

__all__ = [
    "Agreed",
    "ExceptionRefused",
    "Move",
    "VersionRefused",
    "agree_to_version",
    "change_version",
    "grant_exception",
    "grant_to_class",
    "join_exception",
    "join_proposal",
    "keep_version",
    "revoke_exception",
    "revoke_proposal",
]
