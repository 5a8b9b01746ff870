"""Addresses of credentials."""

from __future__ import annotations

from django.urls import path, re_path

from cecto.credentials import issuing, staff_views, verification, views
from cecto.credentials.erasing import views as erasing
from cecto.credentials.letters import statement_views as statements
from cecto.credentials.letters import views as letters
from cecto.credentials.listing import request_views as registry_requests
from cecto.credentials.listing import views as listing
from cecto.credentials.recorded import views as recorded
from cecto.credentials.renewing import views as renewing
from cecto.credentials.tokens import views as tokens
from cecto.credentials.transcript import views as transcript
from cecto.credentials.wallet import views as wallet

app_name = "credentials"
urlpatterns = [
    path("verify/", verification.lookup, name="lookup"),
    path("verify/<str:code>", verification.verify, name="verify"),
    path("verify/<str:code>/certificate.pdf", verification.certificate, name="certificate"),
    path("verify/<str:code>/certificate.svg", verification.picture, name="picture"),
    path("verify/<str:code>/credential.json", verification.document, name="document"),
    re_path(r"^verify/(?P<code>[^/]+)/badge\.(?P<form>png|svg)$", verification.badge, name="badge"),
    path("verify/<str:code>/kit.zip", verification.kit, name="kit"),
    path("my/certificates/<str:code>/wallet/", wallet.own_wallet, name="wallet"),
    path("my/certificates/<str:code>/transcript/", transcript.own_transcript, name="transcript"),
    path("my/certificates/<str:code>/token.jwt", tokens.own_token, name="token"),
    path("my/certificates/<str:code>/transcript.json", transcript.own_transcript_file, name="transcript-file"),
    path("wallet/exchanges/<str:secret>", wallet.exchange, name="exchange"),
    path("wallet/exchanges/<str:secret>/protocols", wallet.protocols, name="exchange-protocols"),
    path("my/statements/<str:key>/", statements.own_statement, name="own-statement"),
    path("console/statements/<str:key>/", statements.statement, name="statement"),
    path("my/statements/<str:key>/employer/", letters.tell_employer, name="tell-employer"),
    path("my/letters/<str:key>/", letters.own_letter, name="own-letter"),
    path("console/letters/<str:key>/", letters.letter, name="letter"),
    path("console/classes/<str:key>/letters/", letters.letters, name="letters"),
    path("console/classes/<str:key>/letters/everyone.pdf", letters.everyone, name="letters-everyone"),
    path("console/classes/<str:key>/letters/summary.pdf", letters.summary, name="letters-summary"),
    path("console/classes/<str:key>/letters/employers/<str:organization>/", letters.employer, name="letters-employer"),
    path("console/classes/<str:key>/certificates/", staff_views.cohort, name="class"),
    path("console/classes/<str:key>/certificates/issue/", issuing.issue, name="issue"),
    path("console/classes/<str:key>/certificates/files.zip", staff_views.files, name="files"),
    path("console/classes/<str:key>/certificates/papers/", staff_views.papers, name="papers"),
    path("console/certificates/ending/", renewing.soon, name="ending"),
    path("console/certificates/<str:key>/renewal/", renewing.renew, name="renewal"),
    path("console/certificates/<str:key>/", staff_views.life, name="life"),
    path("console/certificates/<str:key>/revocation/", staff_views.revoke, name="revoke"),
    path("console/certificates/<str:key>/versions/", staff_views.renew, name="renew"),
    path("my/registry/", listing.mine, name="listings"),
    path("my/registry/<str:key>/", listing.own, name="listing"),
    path("console/programs/<str:key>/past-awards/", recorded.register, name="register"),
    path("console/programs/<str:key>/past-awards/new/", recorded.add, name="register-add"),
    path("console/programs/<str:key>/past-awards/import/", recorded.upload, name="register-import"),
    path("console/programs/<str:key>/past-awards/import/<str:token>/", recorded.preview, name="register-preview"),
    path("console/past-awards/<str:key>/", recorded.award, name="recorded"),
    path("console/past-awards/<str:key>/correction/", recorded.correct, name="recorded-correct"),
    path("console/past-awards/<str:key>/holder/", recorded.holder, name="recorded-holder"),
    path("console/past-awards/<str:key>/retraction/", recorded.retract, name="recorded-retract"),
    path("console/past-awards/<str:key>/erasure/", recorded.erase, name="recorded-erase"),
    path("console/registry/<str:key>/", registry_requests.on_request, name="on-request"),
    path("console/registry/letters/<str:key>/", registry_requests.letter, name="registry-letter"),
    path("console/people/<str:key>/erasure/", erasing.erase, name="erase"),
    path(".well-known/did.json", views.did_document, name="did"),
    path("issuer.json", views.issuer, name="issuer"),
    path("credentials/status/1", views.status_list, name="status-list"),
    path("credentials/<str:key>", views.credential, name="credential"),
    path("achievements/<str:key>", views.achievement, name="achievement"),
]
