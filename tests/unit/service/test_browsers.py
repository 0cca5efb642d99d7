"""What a browser may not send is refused in the usual shape, readable to the page that asked."""

import httpx
import pytest

PATH = "/cds-services/biologic-cds-order-select"
ASKED = {"Origin": "https://ehr.example", "Access-Control-Request-Method": "POST"}


@pytest.mark.parametrize(
    "more", [{"Access-Control-Request-Method": "DELETE"}, {"Access-Control-Request-Headers": "X-Patient-Name"}]
)
async def test_a_refused_preflight_is_an_outcome(fake_client: httpx.AsyncClient, more: dict[str, str]) -> None:
    response = await fake_client.options(PATH, headers=ASKED | more)
    assert response.status_code == 400
    assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "cors-refused"
    assert response.headers["access-control-allow-origin"] == "*"


async def test_a_sound_preflight_is_granted(fake_client: httpx.AsyncClient) -> None:
    response = await fake_client.options(PATH, headers=ASKED)
    assert (response.status_code, response.text) == (200, "OK")
