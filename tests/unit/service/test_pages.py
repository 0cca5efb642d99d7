"""Evidence pages."""

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor
from markupsafe import escape

from service.assessment import Advisor
from service.settings import Settings


async def test_a_statement_has_a_page_in_both_languages(fake_client: httpx.AsyncClient) -> None:
    response = await fake_client.get("/evidence/fake.statement")
    assert response.status_code == 200
    assert "Check &lt;hepatitis B&gt;" in response.text
    assert all(text in response.text for text in ("检查乙肝", "A document", "needs local sign-off"))


@pytest.mark.parametrize("path", ["/evidence", "/evidence/fake.statement"])
async def test_pages_load_nothing_from_elsewhere(fake_client: httpx.AsyncClient, path: str) -> None:
    response = await fake_client.get(path)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert not any(text in response.text for text in ("<script", "src=", "@import", "url("))


async def test_the_index_lists_all_and_is_where_the_root_leads(fake_client: httpx.AsyncClient) -> None:
    response = await fake_client.get("/", follow_redirects=True)
    assert str(response.url).endswith("/evidence")
    assert 'href="evidence/fake.statement"' in response.text


async def test_an_unknown_statement_is_404(fake_client: httpx.AsyncClient) -> None:
    response = await fake_client.get("/evidence/none")
    assert response.status_code == 404
    assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "unknown-statement"


async def test_every_real_statement_has_a_page(settings: Settings, real_advisor: Advisor) -> None:
    async with open_client(settings, real_advisor) as client:
        for statement in real_advisor.index():
            page = await client.get(f"/evidence/{statement['id']}")
            assert page.status_code == 200
            assert str(escape(statement["say"]["zh"])) in page.text


async def test_an_empty_knowledge_has_an_index(settings: Settings) -> None:
    advisor = FakeAdvisor()
    advisor.index = list  # type: ignore[method-assign]
    async with open_client(settings, advisor) as client:
        assert "No statements are loaded" in (await client.get("/evidence")).text
