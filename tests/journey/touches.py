"""Counts what a hand does in a browser: touches of the screen and characters typed, over all pages of one visit."""

# Kept for the tab, since each page starts its scripts anew.
SCRIPT = """
(() => {
  const add = (name, many) => {
    try {
      sessionStorage.setItem(name, Number(sessionStorage.getItem(name) ?? 0) + many)
    } catch {}
  }
  addEventListener("pointerdown", (event) => event.isTrusted && add("touches", 1), true)
  addEventListener("input", (event) => event.isTrusted && event.inputType === "insertText" && add("characters", [...event.data].length), true)
})()
"""


def count_in(page):
    """From now on, what is done on this page and those that follow in its tab is counted."""
    page.context.add_init_script(SCRIPT)
    page.reload()
    page.evaluate("sessionStorage.removeItem('touches'), sessionStorage.removeItem('characters')")


def counted(page):
    """(touches, characters) so far."""
    return tuple(page.evaluate("['touches', 'characters'].map((name) => Number(sessionStorage.getItem(name) ?? 0))"))


def apart(*, who, address, email, title, price, iban, reference):
    """What six separate tools ask for between a yes and a signed contract, with nothing carried over from one to the
    next: {step: (touches, characters)}. A field is one touch, opening and finishing a step two; words that come from a
    template are not counted."""
    asked = {
        "quote": (who, address, title, price),
        "contract": (who, address, title, price),
        "its PDF, named and found again": (title,),
        "mail": (email, title),
        "signature service": (who, email, title),
        "deposit invoice": (who, address, title, price, iban, reference),
    }
    return {step: (len(fields) + 2, sum(map(len, fields))) for step, fields in asked.items()}
