// The reader's page. Everything on it can be done without this.
(() => {
  // A person reads: told once, at the first touch, key or turn of the wheel. A robot that opens the link does none of these.
  const { seen, version } = document.currentScript.dataset
  const signs = ["wheel", "touchmove", "pointerdown", "keydown"] // what no script does by itself
  const tell = (event) => {
    if (!event.isTrusted) return
    for (const sign of signs) removeEventListener(sign, tell)
    fetch(seen, { method: "POST", body: new URLSearchParams({ version }), keepalive: true }).catch(() => {})
  }
  if (seen) for (const sign of signs) addEventListener(sign, tell, { passive: true })

  // An option is ticked: the figures follow, here and in the words. Where they do not come, the button is still there.
  const again = document.getElementById("reckon")
  if (!again) return
  again.hidden = true
  const follow = (fresh) => {
    const words = fresh.querySelectorAll(".paragraph > .words")
    document.querySelectorAll(".paragraph > .words").forEach((place, n) => {
      if (words[n] && place.innerHTML !== words[n].innerHTML) place.innerHTML = words[n].innerHTML
    })
    // A code is good for the page as it was: where one was sent, the next step is asked for anew.
    const step = document.getElementById("code") && fresh.getElementById("sign")
    if (step) document.getElementById("sign").innerHTML = step.innerHTML
    document.getElementById("totals").innerHTML = fresh.getElementById("totals").innerHTML
    const rows = fresh.querySelectorAll(".prices tbody tr")
    document.querySelectorAll(".prices tbody tr").forEach((row, n) => {
      row.className = rows[n].className
      const under = row.querySelector(".under")
      if (under) under.textContent = rows[n].querySelector(".under").textContent
    })
  }
  const reckon = async () => {
    try {
      const answer = await fetch(again.formAction, { method: "POST", body: new URLSearchParams(new FormData(again.form)) })
      if (!answer.ok) throw new Error(answer.status)
      const [main] = (await answer.text()).match(/<main[^]*<\/main>/) // without the head, whose style is not this page's
      follow(new DOMParser().parseFromString(main, "text/html"))
    } catch {
      again.hidden = false
    }
  }
  let turn = Promise.resolve() // one after the other: what was ticked last is what stays
  document.querySelector(".prices").addEventListener("change", () => (turn = turn.then(reckon)))
})()
