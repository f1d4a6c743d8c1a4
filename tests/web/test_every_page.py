"""Every page opens on the database in use: what stands there is tested with each page."""

import pytest
from django.test import Client
from tests.web.forms_walk import addresses_of, finish
from tests.web.small_process import make_small_process

WHO = ("visitor", "organiser", "seat", "device")


def status(client: Client, address: str) -> int:
    """Open a page to its end; return its status."""
    answer = client.get(address)
    finish(answer)
    return answer.status_code


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_opens_for_those_who_see_most() -> None:
    small = make_small_process()
    clients = {actor: small.client(actor) for actor in WHO}

    found = {
        (actor, address): status(clients[actor], address)
        for address, may_open in addresses_of(small).items()
        for actor in WHO
        if actor in may_open
    }

    assert {asked: code for asked, code in found.items() if code >= 500} == {}
    assert sum(code == 200 for (actor, _address), code in found.items() if actor == "organiser") > 100
