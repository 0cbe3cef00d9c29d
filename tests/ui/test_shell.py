"""The frame around every page."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parents[2] / "pages"


def test_every_page_is_in_the_menu_and_the_stage_is_the_first(app, monkeypatch):
    menus, navigation = [], st.navigation

    def noted(pages, **options):
        menus.append(pages)
        return navigation(pages, **options)

    monkeypatch.setattr(st, "navigation", noted)
    app()
    pages = [page for group in menus[0].values() for page in group]
    assert [page.title for page in pages][:2] == ["The stage", "Model"]
    addresses = {page.url_path or "stage" for page in pages}
    assert addresses == {path.stem for path in PAGES.glob("*.py")}


def test_the_sidebar_stands_beside_every_page(app):
    for page in ("stage", "glossary"):
        titles = [heading.value for heading in app(page=page).at.sidebar.subheader]
        assert titles == ["Data", "Training"]
