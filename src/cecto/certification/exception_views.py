"""Exceptions on what a renewal asks: each reaches one cycle of one award."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cecto.audits.access import enrollment_for
from cecto.audits.standing import award_standing
from cecto.audits.views.exceptions import Asked, answer_grant
from cecto.certification.awards import award_of
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def grant(request: HttpRequest, key: str, node: str, cycle: int = 0) -> HttpResponse:
    """Grant an exception on a renewal's requirement, for the cycle that decides unless another is named."""
    enrollment = enrollment_for(viewer(request), key, Permission.GRANT_EXCEPTION)
    award, today = award_of(enrollment), clock.today(enrollment.cohort.program.time_zone)
    found = award_standing(award, true_on=today, known_at=clock.now()).renewal
    if found is None:
        raise Http404("There is no certificate to renew yet.")
    number = cycle or found.number
    back = f"{reverse('certification:renewal', args=[key])}?cycle={number}"
    return answer_grant(request, Asked(award, node, back, number))
