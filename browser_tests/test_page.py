"""The preview page in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_tests.conftest import Open

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("which", ["file", "published"])
def test_nothing_scrolls_sideways(open_page: Open, request: pytest.FixtureRequest, which: str, width: int) -> None:
    page = open_page(request.getfixturevalue(which), width)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.removeAttribute('name'); d.open = true })")
    wide = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(e => !e.closest('.skip, .toast') &&
            e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("which", ["file", "published"])
def test_axe_finds_no_violation(
    open_page: Open, request: pytest.FixtureRequest, which: str, width: int, scheme: str
) -> None:
    page = open_page(request.getfixturevalue(which), width, color_scheme=scheme, bypass_csp=True)
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.removeAttribute('name'); d.open = true })")
    page.add_script_tag(content=AXE.read_text())
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(v["id"], [n["html"][:150] for n in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_hostile_text_stays_text(open_page: Open, file: Path) -> None:
    page = open_page(file)
    assert page.locator("script").count() == 1 and page.locator("img").count() == 0
    assert page.get_by_text('<script>alert("judul")</script>').count() > 0
    assert (
        page.eval_on_selector_all(
            "[href]", "all => all.filter(a => !/^(https?:|#)/.test(a.getAttribute('href'))).length"
        )
        == 0
    )


def test_the_policy_stops_a_script_that_got_in(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate(
        """() => { window.told = ''; addEventListener('securitypolicyviolation', e => told = e.effectiveDirective);
            const s = document.createElement('script'); s.textContent = 'window.got = 1'; document.body.append(s) }"""
    )
    page.wait_for_function("window.told !== ''")
    assert page.evaluate("window.got === undefined") and page.evaluate("told").startswith("script-src")
    page.close()


def test_it_reads_without_script(open_page: Open, file: Path) -> None:
    page = open_page(file, java_script_enabled=False)
    assert page.get_by_role("heading", name="Mengapa ditahan").first.is_visible()
    assert page.locator("button:visible").count() == 0
    left = page.locator("details.left").first
    assert not left.locator("dd").first.is_visible()
    left.locator("summary").click()
    assert left.locator("dd").first.is_visible()


def test_folded_releases_open_without_script(open_page: Open, published: Path) -> None:
    page = open_page(published, java_script_enabled=False)
    release = page.locator("article").first
    assert not release.locator(".post").first.is_visible()
    release.locator("summary").first.click()
    assert release.locator(".post").first.is_visible()


def test_a_click_copies_what_goes_out(open_page: Open, file: Path) -> None:
    page = open_page(file, permissions=["clipboard-read", "clipboard-write"])
    article = page.locator("article", has=page.get_by_role("heading", name="Sosialisasi Pemilih Pemula di Samarinda"))
    article.get_by_role("button", name="Salin untuk WhatsApp").first.click()
    assert page.get_by_role("status").inner_text() == "Tersalin. Tempelkan di aplikasi tujuan."
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("*Sosialisasi Pemilih Pemula di Samarinda*\n\n")


def test_held_releases_have_no_buttons(open_page: Open, file: Path) -> None:
    page = open_page(file)
    assert page.locator("article.r-held button").count() == 0 and page.locator("article.r-scheduled button").count() > 0


def test_everything_is_reached_by_keyboard(open_page: Open, file: Path) -> None:
    page = open_page(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#isi"
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.tagName"))
    assert {"A", "SUMMARY", "BUTTON"} <= seen


def test_in_print_the_lists_stay_folded_and_the_buttons_fall(open_page: Open, file: Path) -> None:
    page = open_page(file)
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0 and page.locator("nav:visible").count() == 0
    assert page.locator("details.left dd:visible").count() == 0
    avoid = page.eval_on_selector_all(".post", "all => all.map(e => getComputedStyle(e).breakInside)")
    assert set(avoid) == {"avoid"}
