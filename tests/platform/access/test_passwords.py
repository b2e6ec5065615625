

def test_a_methodologist_does_not_become_the_owner_by_giving_him_a_password():
    methodologist, owner = UserFactory(roles=["methodologist"]), UserFactory(roles=["owner"])
    before = owner.password
    with pytest.raises(NotAllowed):
        actions.set_password(methodologist, owner, password="a long and good one 7")
    owner.refresh_from_db()
    assert owner.password == before
