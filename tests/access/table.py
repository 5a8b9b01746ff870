"""Every address for every role: what each is answered.

One line for each address and method: `"GET name word word": (answers)`. The words are keys of `World.words` and fill
the address; a word that is no key stands for itself. The answers stand in the order of `ROLES`: public, participant,
another participant, instructor, coordinator, coordinator of another program, officer, partner, administrator.
SIGN_IN is the way to the sign-in page. POST rows send a form with nothing filled in.
"""

from __future__ import annotations

SIGN_IN = "sign in"
Answer = int | str
Answers = tuple[Answer, ...]


def everyone(answer: Answer) -> Answers:
    """The same for all."""
    return (answer,) * 9


def visitors_and_others(answer: Answer, others: Answer) -> Answers:
    """One answer for the public, another for all who are signed in."""
    return (answer, *(others,) * 8)


TABLE: dict[str, Answers] = {
    # The look
    "GET ui:styleguide": everyone(404),
    # Signing in; there are no passwords and there is nothing to sign up for
    "GET account-closed signup/": everyone(404),
    "GET account_login": visitors_and_others(200, 302),
    "POST account_login": visitors_and_others(200, 302),
    "GET account_logout": visitors_and_others(302, 200),
    "POST account_logout": everyone(302),
    "GET account_inactive": everyone(200),
    "GET account_signup": everyone(404),
    "GET account_reauthenticate": visitors_and_others(SIGN_IN, 302),
    "GET account_email": everyone(404),
    "GET account_email_verification_sent": everyone(404),
    "GET account_change_password": everyone(404),
    "GET account_set_password": everyone(404),
    "GET account_reset_password": everyone(404),
    "GET account_confirm_login_code": everyone(302),
    "GET account_confirm_email x": everyone(404),
    "GET account_reset_password_from_key_done": everyone(404),
    "GET account_reset_password_from_key x y": everyone(404),
    "GET account_reset_password_done": everyone(404),
    "GET account_request_login_code": visitors_and_others(200, 302),
    # The second factor
    "GET mfa_index": visitors_and_others(SIGN_IN, 200),
    "GET mfa_authenticate": everyone(302),
    "GET mfa_reauthenticate": visitors_and_others(SIGN_IN, 200),
    "GET mfa_activate_totp": visitors_and_others(SIGN_IN, 302),
    "GET mfa_deactivate_totp": visitors_and_others(SIGN_IN, 302),
    "GET mfa_view_recovery_codes": visitors_and_others(SIGN_IN, 404),
    "GET mfa_generate_recovery_codes": visitors_and_others(SIGN_IN, 302),
    "GET mfa_download_recovery_codes": visitors_and_others(SIGN_IN, 404),
    "GET mfa_list_webauthn": visitors_and_others(SIGN_IN, 200),
    "GET mfa_add_webauthn": visitors_and_others(SIGN_IN, 302),
    "GET mfa_reauthenticate_webauthn": visitors_and_others(SIGN_IN, 302),
    "GET mfa_remove_webauthn 1": visitors_and_others(SIGN_IN, 302),
    "GET mfa_edit_webauthn 1": visitors_and_others(SIGN_IN, 302),
    "GET mfa_login_webauthn": everyone(302),
    # Signing in; there are no passwords and there is nothing to sign up for
    "GET demo-sign-in demo-token": everyone(404),
    "GET start": visitors_and_others(SIGN_IN, 302),
    # Public pages
    "GET public:home": everyone(200),
    "GET public:classes": everyone(200),
    "GET public:class class": everyone(200),
    # Certificates
    "GET credentials:lookup": everyone(200),
    "GET credentials:verify code": everyone(200),
    "GET credentials:certificate code": everyone(200),
    "GET credentials:document code": everyone(200),
    "GET credentials:badge code png": everyone(200),
    "GET credentials:kit code": everyone(200),
    "GET credentials:own-statement enrollment": (SIGN_IN, 200, 404, 404, 404, 404, 404, 404, 404),
    "GET credentials:statement enrollment": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET credentials:class class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST credentials:issue class": (SIGN_IN, 403, 403, 403, 302, 404, 302, 403, 403),
    "GET credentials:files class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST credentials:papers class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET credentials:life credential": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST credentials:revoke credential": (SIGN_IN, 403, 403, 403, 422, 404, 422, 403, 403),
    "POST credentials:renew credential": (SIGN_IN, 403, 403, 403, 302, 404, 302, 403, 403),
    "GET credentials:did": everyone(200),
    "GET credentials:issuer": everyone(200),
    "GET credentials:status-list": everyone(200),
    "GET credentials:credential credential": everyone(200),
    "GET credentials:achievement definition": everyone(200),
    # A participant's own pages
    "GET portal:home": visitors_and_others(SIGN_IN, 200),
    "POST portal:renew-calendar": visitors_and_others(SIGN_IN, 302),
    "GET portal:record enrollment": (SIGN_IN, 200, 404, 404, 404, 404, 404, 404, 404),
    "GET portal:entries enrollment": (SIGN_IN, 200, 404, 404, 404, 404, 404, 404, 404),
    # Organizations
    "GET organizations:list": (SIGN_IN, 403, 403, 403, 200, 200, 403, 403, 200),
    "GET organizations:add": (SIGN_IN, 403, 403, 403, 200, 200, 403, 403, 200),
    "GET organizations:organization organization": (SIGN_IN, 403, 403, 403, 200, 200, 403, 403, 200),
    # People, roles and offices
    "GET people:list": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:add": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:roles": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:person person": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 200),
    "GET people:add-address person": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:grant-role person": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:end-role person": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:seat person": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:end-seat person": (SIGN_IN, 403, 403, 403, 403, 403, 403, 403, 200),
    "GET people:work person": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 200),
    "POST people:work person": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 422),
    "GET people:end-work person": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 200),
    "POST people:end-work person": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 422),
    # The console
    "GET console:home": (SIGN_IN, 403, 403, 403, 200, 200, 200, 200, 200),
    "GET console:class class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 200, 200),
    # Classes
    "GET classes:roster-import class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET classes:roster-preview class roster-token": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET classes:list": (SIGN_IN, 403, 403, 403, 200, 200, 200, 200, 200),
    "GET classes:people class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET classes:status enrollment": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST classes:status enrollment": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET classes:schedule class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 200, 200),
    "GET classes:calendar class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST classes:calendar class": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "GET classes:schedule-import class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET classes:schedule-preview class schedule-token": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET classes:revise session": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST classes:revise session": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET classes:cancel session": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST classes:cancel session": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "GET calendar:feed feed": everyone(200),
    # Definitions
    "GET programs:definitions": everyone(200),
    "GET programs:definition definition": everyone(200),
    "GET programs:text definition": everyone(200),
    # Work, make-ups and what is recognized
    "GET coursework:items class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET coursework:import class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET coursework:import-preview class work-token": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET coursework:credit class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET coursework:makeups class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST coursework:makeup class person session": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET coursework:study class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST coursework:study class": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET coursework:held class": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST coursework:held class": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET coursework:take-back class 999999": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "POST coursework:take-back class 999999": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET coursework:item item": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST coursework:item item": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    "GET coursework:verdict item": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST coursework:verdict item": (SIGN_IN, 403, 403, 403, 422, 404, 403, 403, 403),
    # Attendance
    "GET attendance:roster session": (SIGN_IN, 404, 404, 200, 200, 404, 404, 404, 404),
    "GET attendance:sign-in-sheet session": (SIGN_IN, 404, 404, 200, 200, 404, 404, 404, 404),
    "POST attendance:guests session": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "POST attendance:guest-end session made-up": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET attendance:desk session": (SIGN_IN, 404, 404, 200, 200, 404, 404, 404, 404),
    "POST attendance:desk-switch session": (SIGN_IN, 404, 404, 302, 302, 404, 404, 404, 404),
    "POST attendance:confirm session person": (SIGN_IN, 404, 404, 302, 302, 404, 404, 404, 404),
    "GET check-in:scan session made-up": everyone(410),
    "GET check-in:tap made-up": visitors_and_others(SIGN_IN, 404),
    "GET guest:roster made-up": everyone(404),
    "POST absence:make-up session": (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),
    "GET absence:session session": (SIGN_IN, 200, 200, 404, 404, 404, 404, 404, 404),
    "POST attendance:absence session person": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "POST attendance:answer session made-up": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET attendance:document session made-up": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET attendance:reports session": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET attendance:report-preview session report-token": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "GET attendance:names session": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST attendance:withdraw session 1": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET attendance:reconcile session": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST attendance:conflicts session": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "POST attendance:settlement session": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "POST attendance:reopening session": (SIGN_IN, 403, 403, 403, 404, 404, 403, 403, 403),
    "GET attendance:person session person": (SIGN_IN, 403, 403, 403, 200, 404, 403, 403, 403),
    "POST attendance:take-back session person": (SIGN_IN, 403, 403, 403, 302, 404, 403, 403, 403),
    "GET console:risks class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    # Records and exceptions
    "GET audits:record enrollment": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET audits:entries enrollment": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET audits:grant enrollment hours": (SIGN_IN, 403, 403, 403, 403, 403, 200, 403, 403),
    "GET audits:paper exception": (SIGN_IN, 403, 403, 403, 404, 404, 404, 403, 403),
    "GET audits:exceptions class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "GET audits:grant-to-class class hours": (SIGN_IN, 403, 403, 403, 403, 403, 200, 403, 403),
    "POST audits:grant-to-class class hours": (SIGN_IN, 403, 403, 403, 403, 403, 422, 403, 403),
    "GET audits:what-if class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST audits:join exception": (SIGN_IN, 403, 403, 403, 403, 403, 302, 403, 403),
    "POST audits:revoke exception": (SIGN_IN, 403, 403, 403, 403, 403, 422, 403, 403),
    # Decisions
    "GET certification:docket class": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST certification:propose class": (SIGN_IN, 403, 403, 403, 403, 403, 302, 403, 403),
    "POST certification:sign class": (SIGN_IN, 403, 403, 403, 403, 403, 302, 403, 403),
    "POST certification:take-effect class": (SIGN_IN, 403, 403, 403, 403, 403, 302, 403, 403),
    "GET certification:decision decision": (SIGN_IN, 403, 403, 403, 200, 404, 200, 403, 403),
    "POST certification:withdraw decision": (SIGN_IN, 403, 403, 403, 403, 403, 422, 403, 403),
}
