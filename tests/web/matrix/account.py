"""Signing in, oneself, people, the journal."""

import datetime as dt

from django.utils import timezone

from kamerton.platform.access.actions import create_token, invite
from tests.factories import UserFactory
from tests.web.matrix.row import Row, public

SEE = ("head_of_sales", "owner", "methodologist")
MANAGE = ("owner", "methodologist")
PASSWORD = "three-tall-birches"


def colleague(world, user):
    """Somebody of the team that `user` leads."""
    return {"pk": world.people["account_manager"].pk}


def stranger(world, user):
    return {"pk": world.stranger.pk}


def free(world, user):
    """Somebody who holds nothing and leads nobody."""
    head = world.people["head_of_sales"]
    return {"pk": UserFactory(roles=["account_manager"], supervisor=head).pk}


def left(world, user):
    head = world.people["head_of_sales"]
    gone = UserFactory(roles=["recruiter"], supervisor=head, is_active=False, status="left")
    return {"pk": gone.pk}


def part(name):
    return lambda world, user: {**colleague(world, user), "part": name}


def foreign_part(name):
    return lambda world, user: {**stranger(world, user), "part": name}


def soon():
    return timezone.localdate() + dt.timedelta(days=10)


def token_of(holder):
    def make(world, user):
        person = user if holder == "own" else world.stranger
        token, _ = create_token(person, name="BI", expires_on=soon())
        return {"pk": token.pk}

    return make


def invitation(world, user):
    owner = world.people["owner"]
    made, _ = invite(owner, email="n@x.example", full_name="N", roles=["finance"])
    return {"pk": made.pk}


def dead_link(world, user):
    return {"token": "no-such-token"}


def founding(world, user):
    return {
        "name": "Second",
        "currency": "RUB",
        "full_name": "A B",
        "email": "second@x.example",
        "password": PASSWORD,
    }


def change(name, data):
    """Both the own and the foreign row of one part of a person."""
    return Row(
        "account:user-change",
        may=MANAGE,
        everywhere=MANAGE,
        method="post",
        own=part(name),
        foreign=foreign_part(name),
        data=lambda world, user: data,
    )


ROWS = [
    # before sign-in; the company exists already
    public("health"),
    public("account:welcome", 302),
    public("account:found", 302),
    public("account:found", 422, method="post", data=founding),
    public("account:welcome-demo", 422, method="post"),
    public("account:welcome-making", 302),
    public("account:demo-sign-in", 404, method="post", own=colleague),
    public("account:invitation", 410, own=dead_link),
    public("account:invitation", 410, method="post", own=dead_link),
    public("account:sign-in", 302, anonymous=200),
    public("account:language", 302, method="post", data=lambda world, user: {"language": "ru"}),
    public("set_language", 302, method="post", data=lambda world, user: {"language": "ru"}),
    # oneself
    Row("account:email", ok=302),
    Row("account:profile"),
    Row("account:profile", method="post", data=lambda world, user: {"full_name": "New Name"}),
    Row("account:tokens"),
    Row(
        "account:tokens",
        method="post",
        ok=200,
        data=lambda world, user: {"name": "BI", "reach": "read", "expires_on": soon()},
    ),
    Row("account:token-revoke", method="post", own=token_of("own"), foreign=token_of("other")),
    # people
    Row("account:users", may=SEE),
    Row("account:user", may=SEE, everywhere=MANAGE, own=colleague, foreign=stranger),
    Row("account:invite", may=MANAGE),
    Row(
        "account:invite",
        may=MANAGE,
        method="post",
        ok=200,
        data=lambda world, user: {"full_name": "N", "email": "n@x.example", "roles": ["finance"]},
    ),
    Row("account:withdraw", may=MANAGE, method="post", own=invitation),
    Row(
        "account:user-end-sessions",
        may=MANAGE,
        everywhere=MANAGE,
        method="post",
        own=colleague,
        foreign=stranger,
    ),
    Row(
        "account:user-deactivate",
        may=MANAGE,
        everywhere=MANAGE,
        method="post",
        own=free,
        foreign=stranger,
    ),
    Row("account:user-reactivate", may=MANAGE, method="post", own=left),
    change("roles", {"roles": ["account_manager"], "scope": "own"}),
    change("functions", {"kinds": ["hunter"]}),
    change("leading", {"share": "40"}),
    change("work", {"selling_hours": "100"}),
    change("codes", {"codes": "M-7"}),
    change("status", {"status": "notice"}),
    Row(
        "account:user-change",
        may=MANAGE,
        method="post",
        own=part("supervisor"),
        data=lambda world, user: {"supervisor": world.people["owner"].pk},
    ),
    # the journal
    Row("account:journal", may=MANAGE),
    Row("account:journal-export", may=MANAGE),
    # allauth's own
    public("account_login", 302, anonymous=200),
    public("account_signup", 302, anonymous=200),
    public("account_inactive"),
    public("account_reset_password"),
    public("account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public(
        "account_reset_password_from_key",
        own=lambda world, user: {"uidb36": "1", "key": "no-such-key"},
    ),
    public("account_email_verification_sent"),
    public("account_confirm_email", own=lambda world, user: {"key": "no-such-key"}),
    public("account_confirm_login_code", 302),
    Row("account_logout", anonymous=302),
    Row("account_email", ok=302),
    Row("account_reauthenticate", ok=200),
    Row("account_change_password"),
    Row("account_set_password", ok=302),
    Row("mfa_index"),
    public("mfa_authenticate", 302),
    Row("mfa_reauthenticate", ok=302),
    Row("mfa_view_recovery_codes", ok=404),
    Row("mfa_generate_recovery_codes", ok=302),
    Row("mfa_download_recovery_codes", ok=404),
    Row("mfa_activate_totp", ok=302),
    Row("mfa_deactivate_totp", ok=404),
    Row("usersessions_list"),
]
