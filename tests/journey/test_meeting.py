"""The page of a meeting on a phone, with the network cut, the battery dead, two phones at once: nothing is lost."""

import datetime as dt
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.cast import PARIS, PASSWORD
from tests.installation import environment, serving
from tests.journey import steps
from tests.journey.conftest import FLAGS, SIZES
from tests.journey.wire import Wire
from tests.site.setting_up import set_up_in

MAKE = """
from rendezvous.site.serve import start_django
start_django()
from rendezvous.appointments.booking import note_appointment
from rendezvous.inquiries.models import Mode
from rendezvous.practice import clock
from rendezvous.practice.models import Member
from tests.cast import inquire
import datetime as dt
member = Member.objects.get(user__email={member!r})
inquiry = inquire(member.practice, email="p{number}@pharmacie.example")
start = clock.now().replace(microsecond=0) + dt.timedelta(days=2, hours=2 * {number})
print(note_appointment(member, inquiry.person, start, 60, Mode("in_person"), place="Lyon", inquiry=inquiry).pk)
"""
SACHA = """
from rendezvous.site.serve import start_django
start_django()
from rendezvous.practice.setting_up import set_up
set_up("Sacha Ailleurs", "sacha@ailleurs.example", {password!r})
"""
# Ten thousand characters in small pieces, as they come in half an hour.
SENTENCES = (
    "Elle ouvre à 9 h, l’été aussi. ", "Budget : plutôt 3 000 €… à reparler ☕️\n", "Où ça ? À Vénissieux, près du tram. ",
    "« On n’a jamais eu de textes à nous », dit-elle. ", "Léa 👩🏽‍🔬 relit tout ; délai : avant Pâques. ", "שלום – 日本語 – naïve cœur.\n",
)  # fmt: skip
HALF_AN_HOUR = [piece for _round in range(45) for piece in SENTENCES]


def run(folder, program):
    made = subprocess.run(
        [sys.executable, "-c", program], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


class Office:
    """An installation behind a wire, and appointments in it."""

    def __init__(self, folder, wire):
        self.folder, self.wire, self.address = folder, wire, wire.address
        self._numbers = itertools.count()

    def appointment(self, member="maud@esteve.example"):
        """The address of a new appointment's pages."""
        pk = run(self.folder, MAKE.format(member=member, number=next(self._numbers)))
        return f"{self.address}/bureau/rendez-vous/{pk}/"


@pytest.fixture(scope="module")
def office_for_all(tmp_path_factory):
    folder = tmp_path_factory.mktemp("meeting") / "data"
    wire = Wire()
    with serving(folder):
        set_up_in(folder)
        run(folder, SACHA.format(password=PASSWORD))
    with serving(folder, base_url=wire.address) as (address, _printed):
        wire.desk = int(address.rpartition(":")[2])
        yield Office(folder, wire)


@pytest.fixture
def office(office_for_all):
    """The wire is whole at the start of each test."""
    office_for_all.wire.mend()
    yield office_for_all
    office_for_all.wire.cut()


@pytest.fixture
def phone(office, open_browser):
    """Maud's phone, where she is signed in."""
    page = open_browser("phone")
    steps.sign_in(page, office.address)
    return page


def notes(page):
    return page.get_by_label("Vos notes, comme elles viennent")


def open_meeting(page, appointment):
    """Opens the page of the meeting, and waits until it would open without a network."""
    page.goto(f"{appointment}sur-place/")
    wait_until_kept(page)
    page.locator("#notes[data-state]").wait_for()


def kept_pages(page):
    """The pages that the phone has for when there is no network."""
    keys = page.evaluate(
        "caches.open('appointments').then((cache) => cache.keys()).then((all) => all.map((one) => one.url))"
    )
    return sorted(url for url in keys if "/bureau/" in url)


def wait_for_pages(page, *pages):
    deadline = time.monotonic() + 15
    while kept_pages(page) != sorted(pages):
        assert time.monotonic() < deadline, f"{kept_pages(page)} are kept, and not {pages}"
        page.wait_for_timeout(50)


def wait_until_kept(page):
    deadline = time.monotonic() + 15
    while page.url not in kept_pages(page):
        assert time.monotonic() < deadline, f"{kept_pages(page)} are kept, and not {page.url}"
        page.wait_for_timeout(50)


def wait_for_state(page, state):
    page.locator(f"#notes[data-state={state}]").wait_for()


def agree(page, length="1 h"):
    page.get_by_role("button", name=length, exact=True).click()
    page.locator("#clock").locator("svg").wait_for()


def type_at_the_end(page, *pieces):
    notes(page).focus()
    notes(page).press("Control+End")
    for piece in pieces:
        page.keyboard.insert_text(piece)


def at_the_desk(open_browser, office, appointment):
    """The notes as another browser shows them, far from the phone."""
    page = open_browser("desk")
    steps.sign_in(page, office.address)
    page.goto(f"{appointment}sur-place/")
    return page


def opens(page, address):
    try:
        page.goto(address)
    except Error:
        return False
    return True


def process_of(profile):
    """The browser that was started with that profile: the process itself, not those that it started."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={profile}".encode() in words and not any(w.startswith(b"--type=") for w in words):
                return int(folder.name)
    raise AssertionError(f"no browser has the profile {profile}")


def launch(chromium, profile):
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=FLAGS, viewport=SIZES["phone"], locale="fr-FR",
        timezone_id="Europe/Paris", is_mobile=True, has_touch=True,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    return context


def test_half_an_hour_of_notes_outlives_the_network_and_the_battery(chromium, office, open_browser, tmp_path):
    appointment, profile = office.appointment(), tmp_path / "phone"
    context = launch(chromium, profile)
    steps.sign_in(context.pages[0], office.address)
    context.close()  # she has been signed in for days: a browser writes its cookies down every half minute only

    context = launch(chromium, profile)
    page = context.pages[0]
    open_meeting(page, appointment)
    agree(page)
    type_at_the_end(page, *HALF_AN_HOUR[:20])
    wait_for_state(page, "kept")
    office.wire.cut()
    type_at_the_end(page, *HALF_AN_HOUR[20:-5])
    page.get_by_role("button", name="courtois").click()
    page.get_by_text("Gardé sur ce téléphone").wait_for()
    wait_for_state(page, "here")
    os.kill(process_of(profile), signal.SIGKILL)

    context = launch(chromium, profile)
    page = context.pages[0]
    page.goto(f"{appointment}sur-place/")
    page.locator("#notes[data-state=here]").wait_for()
    assert notes(page).input_value() == "".join(HALF_AN_HOUR[:-5])
    assert page.get_by_role("button", name="courtois").get_attribute("aria-pressed") == "true"
    type_at_the_end(page, *HALF_AN_HOUR[-5:])
    office.wire.mend()
    wait_for_state(page, "kept")
    context.close()

    desk = at_the_desk(open_browser, office, appointment)
    whole = "".join(HALF_AN_HOUR).strip()
    lost = len(whole) - len(notes(desk).input_value())
    print(f"{len(whole)} characters typed, {lost} lost")
    assert notes(desk).input_value() == whole
    assert desk.get_by_role("button", name="courtois").get_attribute("aria-pressed") == "true"


def test_what_another_phone_wrote_meanwhile_stands_beside_it(office, phone, open_browser):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    type_at_the_end(phone, "Au début.\n")
    wait_for_state(phone, "kept")
    phone.context.set_offline(True)
    type_at_the_end(phone, "Du train, sans réseau.")
    wait_for_state(phone, "here")
    desk = at_the_desk(open_browser, office, appointment)
    type_at_the_end(desk, "\nDu bureau.")
    wait_for_state(desk, "kept")
    phone.context.set_offline(False)
    phone.get_by_text("voici les deux").wait_for()
    wait_for_state(phone, "kept")
    desk.reload()
    both = "Au début.\nDu bureau.\n\nDu train, sans réseau."
    assert (notes(phone).input_value(), notes(desk).input_value()) == (both, both)


def test_the_question_the_touches_and_the_end_can_wait_for_the_network(office, phone, accessible):
    appointment = office.appointment()
    now = dt.datetime.now(PARIS).replace(microsecond=0)
    open_meeting(phone, appointment)
    office.wire.cut()
    phone.clock.set_fixed_time(now - dt.timedelta(minutes=50))
    agree(phone, "30 min")
    phone.clock.set_fixed_time(now - dt.timedelta(minutes=25))
    phone.get_by_role("button", name="à l’écoute").click()
    phone.clock.set_fixed_time(now - dt.timedelta(minutes=10))
    phone.get_by_role("button", name="C’est terminé").click()
    phone.locator("#over-here").wait_for()
    wait_for_state(phone, "here")
    accessible(phone)
    phone.reload()
    phone.locator("#over-here").wait_for()
    assert not phone.get_by_role("heading", name="De combien de temps").is_visible()
    office.wire.mend()
    phone.get_by_role("heading", name="Convenu : 30 min. Cela a duré 40 min.").wait_for()
    assert phone.get_by_text("10 min de plus").is_visible()
    accessible(phone)
    phone.goto(appointment)
    noticed = now - dt.timedelta(minutes=25)
    assert phone.locator(".observed time").get_attribute("datetime")[:16] == noticed.isoformat()[:16]


def test_the_page_for_the_train_opens_without_a_network_once_seen_and_nothing_else_does(office, phone, accessible):
    appointment = office.appointment()
    phone.goto(f"{appointment}avant/")
    wait_until_kept(phone)
    accessible(phone)
    shown, paper = phone.inner_text("main"), phone.evaluate("getComputedStyle(document.body).fontFamily")
    phone.goto(appointment)
    phone.goto(f"{office.address}/bureau/agenda/")
    phone.context.new_cdp_session(phone).send("Network.clearBrowserCache")  # what a browser may forget any day
    office.wire.cut()
    assert opens(phone, f"{appointment}avant/")
    assert phone.inner_text("main") == shown
    assert phone.evaluate("getComputedStyle(document.body).fontFamily") == paper
    accessible(phone)
    others = [appointment, f"{appointment}sur-place/", f"{office.address}/bureau/", f"{office.address}/bureau/agenda/"]
    assert [opens(phone, address) for address in others] == [False] * 4


def test_signed_out_nothing_is_left_on_the_phone(office, phone):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    phone.get_by_role("button", name="Se déconnecter").click()
    phone.wait_for_url(lambda address: "/bureau/" not in address)
    wait_for_pages(phone)
    office.wire.cut()
    assert not opens(phone, f"{appointment}sur-place/")


def test_a_session_that_ended_elsewhere_empties_the_phone(office, phone):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    phone.context.clear_cookies()
    phone.goto(f"{appointment}sur-place/")
    phone.wait_for_url("**/compte/login/**")
    wait_for_pages(phone)
    office.wire.cut()
    assert not opens(phone, f"{appointment}sur-place/")


def test_another_member_on_the_same_phone_finds_only_her_own(office, phone):
    hers, theirs = office.appointment(), office.appointment("sacha@ailleurs.example")
    open_meeting(phone, hers)
    phone.context.clear_cookies()
    phone.goto(f"{office.address}/compte/login/")
    phone.locator("[name=login]").fill("sacha@ailleurs.example")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="Se connecter", exact=True).click()
    phone.wait_for_url("**/bureau/")
    open_meeting(phone, theirs)
    wait_for_pages(phone, f"{theirs}sur-place/")
    office.wire.cut()
    assert opens(phone, f"{theirs}sur-place/")
    assert not opens(phone, f"{hers}sur-place/")


def test_a_page_whose_day_is_over_is_not_kept(office, phone):
    appointment = office.appointment()
    phone.goto(f"{appointment}avant/")
    wait_until_kept(phone)
    phone.evaluate("""async () => {
      const cache = await caches.open('appointments')
      const old = await cache.match(location.pathname, {ignoreVary: true})
      await cache.put(location.pathname, new Response(await old.text(), {headers: {...Object.fromEntries(old.headers), 'kept-until': '1'}}))
    }""")
    phone.goto(f"{office.address}/bureau/")
    wait_for_pages(phone)
    office.wire.cut()
    assert not opens(phone, f"{appointment}avant/")


def test_a_file_that_did_not_come_costs_no_page_that_is_kept_already(office, phone):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    phone.context.service_workers[0].evaluate("""async () => {
      await inTurn(() => Promise.reject(new TypeError('no network'))).catch(() => {})
      await inTurn(tidy)
    }""")
    assert kept_pages(phone) == [f"{appointment}sur-place/"]


def test_signed_out_in_the_middle_of_a_word_the_word_is_kept_and_sent_after_signing_in(office, phone):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    phone.context.clear_cookies()
    type_at_the_end(phone, "Écrit sans session.")
    phone.get_by_text("reconnectez-vous").wait_for()
    other = phone.context.new_page()
    steps.sign_in(other, office.address)
    other.close()
    wait_for_state(phone, "kept")
    phone.goto(f"{office.address}/bureau/")
    phone.goto(f"{appointment}sur-place/")
    assert notes(phone).input_value() == "Écrit sans session."


def test_notes_too_long_for_the_desk_stay_on_the_phone_and_it_is_said(office, phone, accessible):
    appointment, long = office.appointment(), "Dix méga-octets de notes. " * 400_000
    open_meeting(phone, appointment)
    notes(phone).evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')) }", long)
    phone.get_by_text("Trop long pour le bureau").wait_for()
    wait_for_state(phone, "here")
    phone.reload()
    wait_for_state(phone, "here")
    assert notes(phone).input_value() == long
    notes(phone).fill("Tout compte fait, deux mots.")
    wait_for_state(phone, "kept")
    accessible(phone)


def test_a_phone_that_cannot_keep_anything_says_so(office, open_browser):
    page = open_browser("phone")
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
    steps.sign_in(page, office.address)
    appointment = office.appointment()
    page.goto(f"{appointment}sur-place/")
    page.context.set_offline(True)
    type_at_the_end(page, "Rien que dans la page.")
    page.get_by_text("plus de place pour garder ceci").wait_for()
    page.context.set_offline(False)
    wait_for_state(page, "kept")


def test_the_clock_changes_twice_and_stays_silent(office, phone, accessible):
    appointment = office.appointment()
    phone.clock.install(time=dt.datetime.now(PARIS))
    open_meeting(phone, appointment)
    accessible(phone)
    agree(phone, "1 h 30")
    accessible(phone)
    seen = []
    for minutes in (79, 2, 8, 2):
        phone.clock.fast_forward(minutes * 60_000)
        seen.append(phone.locator(".clock").get_attribute("data-now"))
        accessible(phone)
    assert seen == ["long", "soon", "soon", "past"]
    assert phone.locator("#sound").get_attribute("aria-pressed") == "false"


def test_the_clock_lies_on_the_table_and_comes_back(office, phone, accessible):
    appointment = office.appointment()
    open_meeting(phone, appointment)
    agree(phone)
    phone.get_by_role("button", name="Poser l’horloge sur la table").click()
    table = phone.get_by_role("dialog")
    table.wait_for()
    accessible(phone)
    assert table.bounding_box()["width"] == phone.evaluate("innerWidth")
    phone.keyboard.press("Escape")
    phone.locator("#clock .clock").wait_for()
    phone.get_by_role("button", name="Poser l’horloge sur la table").click()
    phone.get_by_role("button", name="Retour aux notes").click()
    phone.locator("#clock .clock").wait_for()


def test_the_screen_stays_awake_and_is_asked_again_when_the_page_comes_back(office, phone):
    phone.add_init_script("""
      window.asked = 0
      const real = navigator.wakeLock.request.bind(navigator.wakeLock)
      navigator.wakeLock.request = (kind) => { window.asked += 1; return real(kind) }
    """)
    open_meeting(phone, office.appointment())
    assert phone.evaluate("asked") == 1
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert phone.evaluate("asked") == 2


def test_without_scripts_it_all_works_by_forms(office, open_browser):
    appointment = office.appointment()
    page = open_browser("phone", javascript=False)
    steps.sign_in(page, office.address)
    page.goto(f"{appointment}sur-place/")
    page.get_by_role("button", name="1 h", exact=True).click()
    page.get_by_text("jusqu’à").wait_for()
    notes(page).fill("Sans script.\nNos concurrents sont les parapharmacies.")
    page.get_by_role("button", name="courtois").click()
    page.get_by_role("button", name="courtois", pressed=True).wait_for()
    assert notes(page).input_value() == "Sans script.\nNos concurrents sont les parapharmacies."
    page.get_by_role("button", name="C’est terminé").click()
    page.get_by_role("heading", name="Et la suite").wait_for()
    page.get_by_role("button", name="plutôt oui").click()
    page.get_by_text("Ce que vous sentez est noté").wait_for()
    page.get_by_role("button", name="Hors affaires").click()
    page.wait_for_url("**/bureau/contacts/**")


def test_it_never_scrolls_sideways(office, phone):
    open_meeting(phone, office.appointment())
    for width in (320, 390, 1280):
        phone.set_viewport_size({"width": width, "height": 844})
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
