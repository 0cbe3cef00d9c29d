"""Terms on a page: their definition on hover, and the glossary in a tab of its own."""

import pytest
from playwright.sync_api import expect

from linreg.ui.lesson.glossary import TERMS, anchor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("place", ["server", "server_below_a_path"])
@pytest.mark.parametrize("letters", ["", "?notation=beta,hat,alpha"])
def test_a_term_leads_to_its_definition(request, open_page, place, letters):
    server = request.getfixturevalue(place)
    stage = open_page(f"flow{letters}", server=server)
    before, address = stage.revision(), stage.page.url
    term = stage.page.get_by_role("link", name="gradient", exact=True).first
    definition = TERMS["gradient"]
    expect(term).to_have_attribute("title", definition)
    with stage.page.context.expect_page() as opening:
        term.click()
    glossary = opening.value
    heading = glossary.locator(f"#{anchor('gradient')}")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text("Gradient ∇")
    expect(glossary.get_by_text(definition, exact=True)).to_be_in_viewport()
    symbol = "β" if letters else "θ"
    expect(glossary.get_by_role("heading", name=f"Parameter {symbol}")).to_be_attached()
    assert glossary.url.endswith(f"/glossary?term=gradient{letters.replace('?', '&')}#gradient")
    glossary.close()
    assert (stage.revision(), stage.page.url) == (before, address)


def test_the_search_narrows_while_one_types(open_page):
    stage = open_page("flow?data=plane")
    page = stage.page
    page.get_by_role("link", name="Next: the glossary").click()
    headings = page.get_by_test_id("stMain").get_by_role("heading", level=3)
    expect(headings).to_have_count(len(TERMS))
    stage.address_has("data=plane")
    page.get_by_label("Search terms").press_sequentially("valley")
    expect(headings).to_have_count(1)
    expect(headings).to_have_text("Condition number κ")
