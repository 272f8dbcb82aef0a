"""The whole way, in French: a stranger writes, the owner decides, a rendez-vous is booked, moved, and ends in an outcome."""

import pytest

from tests.journey import steps


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_whole_way(site, smtp, open_browser, accessible, size, javascript):
    anne = f"anne.{size}.{javascript}@pharmacie.example".lower()
    theirs, hers = open_browser(size, javascript), open_browser(size, javascript)

    def look(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"
        if javascript:
            accessible(page)

    # The stranger writes, and is answered at once, on screen and by mail.
    theirs.goto(site)
    look(theirs)
    steps.write(theirs, site, anne)
    look(theirs)
    assert theirs.get_by_text("une pharmacie à Lyon").first.is_visible()
    first = steps.last_mail(smtp, anne, 0)
    assert theirs.url == steps.link_in(first, "d")

    # The owner reads, says what she feels, and only then sees figures; she decides to meet.
    hers.goto(f"{site}/bureau/")
    look(hers)
    steps.sign_in(hers, site)
    look(hers)
    steps.open_inquiry(hers, anne)
    assert hers.get_by_text("Le conseil").count() == 0
    look(hers)
    steps.feel(hers)
    assert hers.get_by_text("Le conseil").is_visible()
    look(hers)
    steps.decide(hers, "Rencontrer")
    assert "textes de notre site" in hers.get_by_label("Votre réponse").input_value()
    look(hers)
    hers.get_by_role("button", name=f"Envoyer à {anne}").click()
    assert hers.get_by_role("button", name="La reprendre").is_visible()
    look(hers)

    # The stranger opens the link in the answer and chooses a time; both have it in mail and calendar.
    answer = steps.last_mail(smtp, anne, 1)
    theirs.goto(steps.link_in(answer, "i"))
    look(theirs)
    before = len(steps.mails(smtp, "maud@esteve.example"))
    theirs.locator("button[name=start]").first.click()
    theirs.wait_for_url("**/rdv/*/")
    look(theirs)
    for mail in (steps.last_mail(smtp, anne, 2), steps.last_mail(smtp, "maud@esteve.example", before)):
        assert "METHOD:REQUEST" in steps.calendar_in(mail)
        assert "SEQUENCE:0" in steps.calendar_in(mail)

    # They move it, in one step.
    theirs.get_by_text("Le déplacer").click()
    look(theirs)
    theirs.locator("button[name=start]").nth(1).click()
    theirs.wait_for_load_state()
    moved = steps.calendar_in(steps.last_mail(smtp, anne, 3))
    assert "SEQUENCE:1" in moved
    hers.goto(f"{site}/bureau/agenda/")
    look(hers)
    hers.get_by_role("link", name=anne).last.click()
    look(hers)

    # It is signed.
    hers.locator("h2 a").first.click()
    hers.get_by_role("link", name="Dire l’issue").click()
    look(hers)
    hers.get_by_label("Pour quel montant, hors taxes").fill("4 500")
    hers.get_by_role("button", name="C’est signé").click()
    assert hers.get_by_role("heading", name="Signé").is_visible()
    look(hers)
    theirs.goto(steps.link_in(first, "d"))
    assert theirs.get_by_role("heading", name="Nous travaillons ensemble").is_visible()
    look(theirs)
