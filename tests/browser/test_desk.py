"""A day at the desk in a real browser: add, read, open evidence, review with keys, look back, search, print."""

import re

import pytest

from detente.codebook.files import data_file

pytestmark = [pytest.mark.browser, pytest.mark.model]

DISPATCHES = ("2019-07-02-export-curbs.txt", "2019-08-03-white-list.txt", "2019-11-05-eleven-minutes.html")


def files():
    return [str(data_file(f"examples/jpn-kor/{name}")) for name in DISPATCHES]


def test_from_an_empty_workspace_to_a_brief(fresh, visit):
    page = visit(fresh)
    assert page.locator("h1").inner_text() == "Nothing has been read yet"
    page.get_by_role("link", name="Add articles").click()
    page.set_input_files("#files", files())
    page.get_by_role("button", name="Read them").click()
    page.get_by_text(re.compile(r"Done: 3 new")).wait_for()
    page.get_by_role("link", name="Read the brief").click()
    assert page.locator("h1").inner_text() == "Japan – South Korea"
    assert page.locator("a.cite").count() > 3


def test_files_are_dropped(fresh, visit):
    page = visit(fresh)
    page.goto(f"{fresh.address}/add")
    page.evaluate(
        """() => {
            const given = new DataTransfer();
            const text = "Japan and South Korea met in Tokyo on 4 July 2019. South Korea demanded an apology.";
            given.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
            const drop = new DragEvent("drop", { dataTransfer: given, bubbles: true });
            document.querySelector(".drop").dispatchEvent(drop);
        }"""
    )
    page.get_by_text(re.compile(r"Done: 1 new")).wait_for()


def test_what_is_missing_is_mended_where_it_is_listed(fresh, visit):
    page = visit(fresh)
    page.goto(f"{fresh.address}/add")
    page.get_by_text("Paste a text").click()
    page.fill("textarea[name=text]", "Japan and South Korea met in Tokyo on Thursday. Seoul demanded an apology.")
    page.get_by_role("button", name="Read them").click()
    page.get_by_text(re.compile(r"Done: 1 new")).wait_for()
    page.fill(".mending input[name=published]", "2019-07-05")
    page.fill(".mending input[name=outlet]", "Harbour Wire")
    page.get_by_role("button", name="Mend").click()
    page.locator(".mending input[name=published][value='2019-07-05']").wait_for()


def test_a_citation_opens_its_passage_over_the_page_and_closes_again(dispatches, visit):
    page = visit(dispatches)
    cite = page.locator("a.cite").first
    cite.focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open] mark").wait_for()
    quote = page.locator("dialog[open] mark").inner_text()
    assert quote
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.className") == "cite"
    cite.click()
    page.locator("dialog[open]").get_by_role("link", name="In the document").click()
    assert " ".join(quote.split()) in " ".join("".join(page.locator(".asked-for").all_inner_texts()).split())


def test_without_script_the_same_can_be_read(dispatches, visit):
    page = visit(dispatches, java_script_enabled=False)
    page.locator("a.cite").first.click()
    assert page.locator("mark").count() == 1
    page.goto(f"{dispatches.address}/timeline")
    page.select_option("select[name=kind]", "event")
    page.get_by_role("button", name="Narrow").click()
    assert "kind=event" in page.url
    kinds = set(page.locator(".bars .kind").all_inner_texts())
    assert kinds
    assert all(kind.startswith("event") for kind in kinds)


def test_the_timeline_is_narrowed_at_once(dispatches, visit):
    page = visit(dispatches)
    page.goto(f"{dispatches.address}/timeline")
    before = page.locator("#results .counts").inner_text()
    page.select_option("select[name=voice]", "attributed")
    page.wait_for_url(re.compile("voice=attributed"))
    page.wait_for_function("before => document.querySelector('#results .counts').innerText !== before", arg=before)


def test_a_day_is_looked_back_to(dispatches, visit):
    page = visit(dispatches)
    page.fill("input[name=as_of]", "2018-12-31")
    page.get_by_role("button", name="Show").click()
    assert "as of 2018-12-31" in page.locator(".asof").inner_text()
    page.get_by_role("link", name="Timeline").click()
    assert "as_of=2018-12-31" in page.url
    assert not re.search(
        r"\b(2019|2020)\b", " ".join(page.locator(".bars .when").all_inner_texts()).replace("told", "")
    )


def test_words_are_searched_from_any_page(dispatches, visit):
    page = visit(dispatches)
    page.keyboard.press("/")
    page.keyboard.type("export")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=export"))
    assert page.locator("mark").count() > 0


def test_a_point_of_the_index_opens_its_deeds(dispatches, visit):
    page = visit(dispatches)
    page.goto(f"{dispatches.address}/index")
    page.locator(".chart a").first.press("Enter")
    page.locator("#deeds").wait_for()


def test_a_review_by_keys_alone(fresh, visit):
    page = visit(fresh)
    page.goto(f"{fresh.address}/add")
    page.set_input_files("#files", files())
    page.get_by_role("button", name="Read them").click()
    page.get_by_text(re.compile(r"Done: 3 new")).wait_for()
    page.goto(f"{fresh.address}/review")

    def left() -> int:
        return int(re.search(r"(\d+) left", page.locator("[role=status]").inner_text())[1])

    def press(key: str) -> None:
        with page.expect_navigation():
            page.keyboard.press(key)

    while page.locator("[data-key=a]").count() == 0:  # questions come first
        press("s")
    first = left()
    press("a")
    assert left() == first - 1
    press("r")
    assert left() == first - 2
    press("u")
    assert left() == first - 1
    before = page.locator("h1").inner_text()
    press("s")
    assert page.locator("h1").inner_text() != before or left() == first - 2
    page.keyboard.press("e")
    page.locator("details.edit[open]").wait_for()
    page.select_option("details.edit select[name='set.factuality']", "denied")
    with page.expect_navigation():
        page.get_by_role("button", name="Keep the changes").click()
    verbs = [decision.verb.value for decision in fresh.workspace.store.decisions()]
    assert verbs == ["accept", "reject", "undo", "relabel"]
    page.keyboard.press("m")
    page.locator("details.merge[open]").wait_for()


def test_a_brief_prints_without_what_is_for_the_screen(dispatches, visit):
    page = visit(dispatches)
    page.emulate_media(media="print")
    assert not page.locator(".masthead").is_visible()
    assert not page.locator("form.asked").is_visible()
    assert page.locator(".sources q").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
