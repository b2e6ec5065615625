"""Signing in, throttling, sessions, the second step, the language."""

import re

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three-tall-birches"
LOGIN = "/auth/login/"


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def user(company):
    return UserFactory(email="ann@x.example", password=PASSWORD, roles=["finance"])


def sign_in(client, password=PASSWORD, email="ann@x.example"):
    return client.post(LOGIN, {"login": email, "password": password})


def prove(client):
    """Give the password once more, as dangerous pages ask."""
    client.post("/auth/reauthenticate/", {"password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


def code_for(secret):
    counter = next(yield_hotp_counters_from_time())
    return f"{hotp_value(secret, counter):06}"


def test_email_and_password_open_the_door(client, user):
    assert sign_in(client, email="ANN@x.example").status_code == 302
    assert is_in(client)
    assert AuditEntry.objects.get().action == "access.signed_in"


def test_a_wrong_password_does_not(client, user):
    response = sign_in(client, "wrong")
    assert not is_in(client)
    assert b"not correct" in response.content
    assert not AuditEntry.objects.exists()


def test_the_sixth_failed_attempt_is_refused_even_with_the_right_password(client, user):
    for _ in range(5):
        sign_in(client, "wrong")
    response = sign_in(client)
    assert not is_in(client)
    assert b"Too many failed login attempts" in response.content
    other = UserFactory(email="bob@x.example", password=PASSWORD, roles=["finance"])
    assert sign_in(client, email=other.email).status_code == 302


def test_a_flood_of_attempts_gets_a_page_of_its_own(client, user):
    codes = [sign_in(client, "wrong", f"{n}@x.example").status_code for n in range(35)]
    assert codes[-1] == 429
    assert b"Too many attempts" in sign_in(client).content


def test_a_closed_account_cannot_sign_in(client, user):
    User.objects.update(is_active=False)
    sign_in(client)
    assert not is_in(client)


def test_nobody_signs_up(client, user):
    data = {"email": "new@x.example", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/auth/signup/", data)
    assert b"invitation" in response.content
    assert not User.objects.filter(email="new@x.example").exists()


def test_a_forgotten_password_is_set_anew_by_mail(client, user):
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    new = "four-old-lindens"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert AuditEntry.objects.get().action == "access.password_changed"


def test_changing_the_password_ends_other_sessions_and_is_journalled(as_user, user):
    here, there = as_user(user), as_user(user)
    page = reverse("account_change_password")
    new = "four-old-lindens"
    here.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert AuditEntry.objects.get().action == "access.password_changed"
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302


def test_a_weak_password_is_refused(as_user, user):
    page = reverse("account_change_password")
    weak = "1234567890"
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert b"entirely numeric" in as_user(user).post(page, data).content
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_other_sessions_are_listed_and_ended(user):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    assert there.get("/profile/").status_code == 200
    page = here.get("/auth/sessions/").content
    assert b"You are signed in at 2 places." in page
    here.post("/auth/sessions/")
    assert there.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200


def test_the_second_step_is_switched_on_asked_and_switched_off(client, user):
    sign_in(client)
    assert client.get("/auth/2fa/totp/activate/").url.startswith("/auth/reauthenticate/")
    prove(client)
    page = client.get("/auth/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert b"data:image/svg+xml" in page.content
    client.post("/auth/2fa/totp/activate/", {"code": code_for(secret)})
    assert client.get("/auth/2fa/recovery-codes/").status_code == 200
    client.post("/auth/logout/")
    assert not is_in(client)

    cache.clear()  # a code works once: this test does not wait for the next one
    response = sign_in(client)
    assert response.url.startswith("/auth/2fa/authenticate/")
    assert not is_in(client)
    client.post(response.url, {"code": "000000"})
    assert not is_in(client)
    client.post(response.url, {"code": code_for(secret)})
    assert is_in(client)

    prove(client)
    client.post("/auth/2fa/totp/deactivate/")
    assert not totp_of(user)


def totp_of(user):
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_a_recovery_code_replaces_the_phone(client, user):
    sign_in(client)
    prove(client)
    secret = client.get("/auth/2fa/totp/activate/").context["form"].secret
    client.post("/auth/2fa/totp/activate/", {"code": code_for(secret)})
    codes = client.get("/auth/2fa/recovery-codes/").context["unused_codes"]
    client.post("/auth/logout/")
    response = sign_in(client)
    client.post(response.url, {"code": codes[0]})
    assert is_in(client)


def test_every_page_of_allauth_is_drawn_in_our_frame(client, user):
    client_in = Client()
    sign_in(client_in)
    prove(client_in)
    assert b'class="bare"' in client_in.get(reverse("account_reauthenticate")).content
    for name in (
        "account_change_password",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "usersessions_list",
    ):
        page = client_in.get(reverse(name))
        assert page.status_code == 200, name
        assert b'class="skip"' in page.content, name
        assert page.content.count(b"<h1") == 1, name
    for name in (
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert b'class="bare"' in page.content, name
        assert page.content.count(b"<h1") == 1, name


def test_the_language_is_switched_before_sign_in_by_a_cookie(client, user):
    client.post("/i18n/setlang/", {"language": "ru", "next": LOGIN})
    assert client.get(LOGIN).headers["Content-Language"] == "ru"


def test_the_switch_also_changes_a_language_chosen_in_the_profile(as_user, user):
    user.language = "en"
    user.save()
    client = as_user(user)
    client.post("/i18n/setlang/", {"language": "ru", "next": "/profile/"})
    user.refresh_from_db()
    assert user.language == "ru"


def test_the_address_is_not_changed_by_oneself(as_user, user):
    assert as_user(user).get("/auth/email/").url == "/profile/"
    assert as_user(user).post("/auth/email/", {"email": "x@x.example"}).status_code == 302
    user.refresh_from_db()
    assert user.email == "ann@x.example"
