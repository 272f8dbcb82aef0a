// The page of a meeting: notes that no dead battery loses, a clock that says nothing aloud.
(() => {
  // Notes: on this phone at every keystroke, at the desk a moment later, again and again until it has them.
  const form = document.getElementById("notes")
  if (form) {
    const SOON = 800
    const AGAIN = 4000
    const field = form.elements.notes
    const state = document.getElementById("state")
    const key = `meeting:${form.dataset.key}`
    let sent = Number(form.dataset.version)
    let version = sent
    let timer
    const here = () => {
      try {
        return JSON.parse(localStorage.getItem(key))
      } catch {
        return null
      }
    }
    const keepHere = () => {
      version = Math.max(version + 1, Date.now())
      try {
        localStorage.setItem(key, JSON.stringify({ text: field.value, version }))
      } catch {
        // no room here: the desk is asked all the sooner
      }
    }
    const later = (wait) => {
      clearTimeout(timer)
      timer = setTimeout(send, wait)
    }
    const send = async () => {
      if (version <= sent) return
      const sending = version
      const body = new URLSearchParams(new FormData(form))
      body.set("version", sending)
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } })
        if (!answer.ok && answer.status !== 409) throw new Error(answer.status)
        sent = Math.max(sent, sending)
        state.textContent = version > sent ? "" : form.dataset.kept
        if (version > sent) later(SOON)
        else localStorage.removeItem(key)
      } catch {
        state.textContent = form.dataset.here
        later(AGAIN)
      }
    }
    const kept = here()
    if (kept && kept.version > sent) {
      field.value = kept.text
      version = kept.version
      later(0)
    }
    field.addEventListener("input", () => {
      keepHere()
      state.textContent = ""
      later(SOON)
    })
    addEventListener("online", () => later(0))
  }

  // The clock: a ring that empties; one gentle change at ten minutes, another at the end.
  const clock = document.getElementById("clock")
  if (!clock) return
  const end = new Date(clock.dataset.end).getTime()
  const whole = Number(clock.dataset.minutes) * 60_000
  const ring = clock.querySelector(".left")
  const tick = () => {
    const left = end - Date.now()
    ring.style.strokeDashoffset = 100 - 100 * Math.min(1, Math.max(0, left / whole))
    clock.classList.toggle("soon", left <= 600_000 && left > 0)
    clock.classList.toggle("past", left <= 0)
    setTimeout(tick, 5000)
  }
  tick()

  // The screen stays awake while the page is looked at, where the phone allows it.
  const awake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {})
  document.addEventListener("visibilitychange", awake)
  awake()
  document.getElementById("face")?.addEventListener("click", () => clock.requestFullscreen?.())
})()
