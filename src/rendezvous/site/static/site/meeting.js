// The page of a meeting, and the one for the way there: both open without a network, once seen (offline.js). Nothing that is
// typed or touched is lost, whatever happens to network and battery; a clock that says nothing aloud unless it is asked.
(() => {
  navigator.serviceWorker?.register(document.currentScript.dataset.offline).catch(() => {})
  const form = document.getElementById("notes")
  if (!form) return
  const SOON = 800 // milliseconds
  const AGAIN = 5000
  const PAUSE = 4000
  const words = form.dataset
  const field = form.elements.notes
  const by = (id) => document.getElementById(id)

  // What the desk does not have yet is in IndexedDB, where a write can wait for the disk: what is in localStorage may stay
  // in memory for a minute, and would go with the battery.
  const phone = (() => {
    const opened = new Promise((resolve, reject) => {
      const asked = indexedDB.open("meetings", 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore("unsent")
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    const act = async (mode, what) => {
      const step = (await opened).transaction("unsent", mode, { durability: "strict" })
      const asked = what(step.objectStore("unsent"))
      return new Promise((resolve, reject) => {
        step.oncomplete = () => resolve(asked.result)
        step.onabort = () => reject(step.error)
      })
    }
    return {
      read: () => act("readonly", (rows) => rows.get(words.key)),
      write: (row) => act("readwrite", (rows) => rows.put(row, words.key)),
      clear: () => act("readwrite", (rows) => rows.delete(words.key)),
    }
  })()

  // `version` is that of the text here, `sent` the one that the desk has, `since` all that it may have: answers get lost too.
  let version = Number(words.version)
  let sent = version
  let since = [version]
  let touched = [] // one after the other, each with its moment
  let both = false
  const unsent = () => version !== sent || touched.length > 0
  const newer = (than) => Math.max(than + 1, Date.now())
  const say = (sentence) => {
    if (by("state").textContent !== sentence) by("state").textContent = sentence
  }

  // On this phone, at every keystroke: one write at a time, and always the latest.
  let room = true
  let writing = false
  let stale = false
  const keepHere = async () => {
    words.state = "typed"
    stale = true
    if (writing) return
    writing = true
    while (stale) {
      stale = false
      const row = { text: field.value, version, sent, since, touched }
      try {
        await (unsent() ? phone.write(row) : phone.clear())
        room = true
      } catch {
        room = false
      }
    }
    writing = false
    words.state = !unsent() ? "kept" : room ? "here" : "nowhere"
    if (!room && unsent()) say(words.nowhere)
  }

  // At the desk a moment later, again and again until it has everything.
  let timer
  let pause
  let sending = false
  let turn = false // the page is another one once the desk knows
  const later = (wait) => {
    clearTimeout(timer)
    timer = setTimeout(send, wait)
  }
  const send = async () => {
    clearTimeout(timer)
    if (sending || !unsent()) return
    sending = true
    let wait = 0
    try {
      if (!navigator.onLine) throw new Error("here")
      const touches = touched.length
      while (version !== sent) await sendNotes()
      while (touched.length) await sendTouch()
      say(both ? words.both : words.kept)
      if (touches) await renew()
      if (turn && !unsent()) location.reload()
      else pause = setTimeout(renewInAPause, PAUSE)
    } catch (trouble) {
      const known = room && ["long", "again"].includes(trouble.message) ? trouble.message : "here"
      say(room || known === "long" ? words[known] : words.nowhere)
      by("over-here").hidden = !touched.some((one) => one.turns)
      wait = known === "long" ? null : AGAIN
    } finally {
      sending = false
    }
    if (unsent() && wait !== null) later(wait)
  }
  const sendNotes = async () => {
    const text = field.value
    const sending = version
    if (new Blob([text]).size > words.longest) throw new Error("long")
    if (!since.includes(sending)) since.push(sending)
    const answer = await post(form.action, { notes: text, version: sending, since: since.join() })
    if (answer.status === 409) {
      const theirs = Number(answer.headers.get("Notes-Version"))
      put(together(await answer.text(), field.value))
      both = true
      since = [theirs]
      version = newer(Math.max(version, theirs))
    } else if (answer.status === 413) throw new Error("long")
    else if (!answer.ok) throw new Error("here")
    else {
      sent = sending
      since = [sending]
      await keepBesideThePage(text)
    }
    await keepHere()
  }
  const sendTouch = async () => {
    const { to, fields, at, turns } = touched[0]
    const answer = await post(to, { ...fields, at })
    if (!answer.ok && answer.status !== 422) throw new Error("here")
    touched = touched.slice(1)
    turn ||= turns
    await keepHere()
  }

  // A page that was kept, or left open while somebody signed in again, has an old token: a new one is asked for, once.
  const post = async (to, fields, again = true) => {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value })
    const keepalive = body.toString().length < 60_000 // sent even where the page closes; browsers allow no more
    const answer = await fetch(to, { method: "POST", body, keepalive, headers: { "X-Requested-With": "fetch" } })
    if (answer.status !== 403) return answer
    if (!again || !(await renew())) throw new Error("again")
    return post(to, fields, false)
  }

  // The page as the desk has it now: what is missing, the brief, the token. Asking for it also keeps it (offline.js).
  const renew = async () => {
    const answer = await fetch(location.pathname)
    const text = (await answer.text()).replace(/<style[^]*?<\/style>/g, "") // its nonce is not this page's
    const page = new DOMParser().parseFromString(text, "text/html")
    const token = page.querySelector("#notes [name=csrfmiddlewaretoken]")
    if (!answer.ok || !token) return false
    for (const old of document.querySelectorAll("[name=csrfmiddlewaretoken]")) old.value = token.value
    for (const id of ["missing", "brief"]) by(id)?.replaceWith(page.getElementById(id) ?? by(id))
    return true
  }
  const renewInAPause = () => {
    if (!unsent() && document.visibilityState === "visible") renew().catch(() => {})
  }

  // The page that is kept may be older than the notes that were sent: they are kept beside it.
  const keepBesideThePage = async (text) => {
    const headers = { "Kept-Until": words.until, "Kept-For": words.for, "Notes-Version": sent }
    try {
      await (await caches.open("appointments")).put(form.action, new Response(text, { headers }))
    } catch {
      // no room, or no such thing here: the desk has them
    }
  }
  const keptBesideThePage = async () => {
    try {
      const answer = await caches.match(form.action, { cacheName: "appointments" })
      const number = Number(answer?.headers.get("Notes-Version"))
      return number > version ? { text: await answer.text(), version: number, sent: number, since: [number], touched } : null
    } catch {
      return null
    }
  }

  // Two texts, and nothing of either lost: the lines that both begin with stand once.
  const together = (theirs, mine) => {
    if (mine.includes(theirs)) return mine
    if (theirs.includes(mine)) return theirs
    let same = 0
    while (theirs[same] === mine[same]) same += 1
    same = mine.lastIndexOf("\n", same - 1) + 1
    return `${theirs.trimEnd()}\n\n${mine.slice(same)}`
  }
  const put = (text) => {
    const fromEnd = field.value.length - field.selectionEnd
    field.value = text
    if (document.activeElement === field) field.setSelectionRange(text.length - fromEnd, text.length - fromEnd)
  }

  // After a dead battery, or in another window: what is kept here is newer than the page.
  const restore = async (first = false) => {
    const kept = (await phone.read().catch(() => null)) ?? (await keptBesideThePage())
    if (!kept) return
    if (kept.version > version || (first && kept.version !== kept.sent && kept.version !== version)) {
      if (unsent()) {
        put(together(kept.text, field.value))
        version = newer(Math.max(version, kept.version))
        since = [...new Set([...since, ...kept.since])]
      } else {
        put(kept.text)
        ;({ version, sent, since } = kept)
      }
    }
    if (!first) return
    touched = kept.touched
    touched.forEach(show)
  }

  field.addEventListener("input", () => {
    version = newer(version)
    both = false
    keepHere()
    clearTimeout(pause)
    later(SOON)
  })
  addEventListener("online", send)
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "visible") await restore()
    send()
  })

  // One touch: shown and kept at once, told to the desk as soon as it can be.
  const touch = (to, fields, turns = false) => {
    const one = { to, fields, at: Date.now(), turns }
    touched = [...touched, one]
    show(one)
    keepHere()
    send()
  }
  const show = ({ fields, at, turns }) => {
    if (turns) {
      for (const id of ["question", "clock", "ending"]) if (by(id)) by(id).hidden = true
      lock?.release()
    } else if ("minutes" in fields || "not_asked" in fields) {
      by("question")?.remove()
      if (fields.minutes) begin(at + fields.minutes * 60_000, fields.minutes)
    } else {
      const [[name, value]] = Object.entries(fields)
      const button = form.querySelector(`[value="${value}"]`)
      button.name = name === "seen" ? "unseen" : "seen"
      button.setAttribute("aria-pressed", name === "seen")
    }
  }
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event
    if (target === form) {
      event.preventDefault()
      if (submitter?.id === "over") touch(submitter.formAction, {}, true)
      else if (submitter?.value) touch(submitter.formAction, { [submitter.name]: submitter.value })
      else send()
      return
    }
    const fields = Object.fromEntries(new FormData(target, submitter))
    delete fields.csrfmiddlewaretoken
    const agreed = "not_asked" in fields || (/^\d+$/.test(fields.minutes) && fields.minutes >= 5 && fields.minutes <= 600)
    if ("agree" in target.dataset && agreed) touch(location.pathname, fields)
    else if (navigator.onLine) return
    else {
      target.after(by("no-network"))
      by("no-network").hidden = false
    }
    event.preventDefault()
  })

  // The clock: a ring that empties; one gentle change at ten minutes, another at the end.
  const clock = by("clock")
  const face = clock?.firstElementChild
  const LAST = 600_000
  let ticking
  let sound
  const begin = (end, minutes) => {
    const time = new Date(end)
    const two = String(time.getMinutes()).padStart(2, "0")
    const hour = document.documentElement.lang === "fr" ? `${time.getHours()}\u00a0h${time.getMinutes() ? `\u00a0${two}` : ""}` : `${time.getHours()}:${two}`
    by("until").textContent = by("until").dataset.words.replace("§", hour)
    run(end, minutes)
  }
  const run = (end, minutes) => {
    clock.hidden = false
    const tick = () => {
      const left = end - Date.now()
      const now = left <= 0 ? "past" : left <= LAST ? "soon" : "long"
      face.querySelector(".left").style.strokeDashoffset = 100 - 100 * Math.min(1, Math.max(0, left / (minutes * 60_000)))
      if (face.dataset.now && face.dataset.now !== now) tone()
      face.dataset.now = now
    }
    clearInterval(ticking)
    ticking = setInterval(tick, 2000)
    tick()
  }

  // A soft sound, only where it was asked for.
  const tone = () => {
    if (!sound) return
    const at = sound.currentTime
    const gain = new GainNode(sound, { gain: 0 })
    gain.gain.linearRampToValueAtTime(0.12, at + 0.08)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 1.6)
    const note = new OscillatorNode(sound, { frequency: 523.25 })
    note.connect(gain).connect(sound.destination)
    note.start(at)
    note.stop(at + 1.7)
  }
  by("sound")?.addEventListener("click", (event) => {
    sound = sound ? void sound.close() : new AudioContext()
    event.currentTarget.setAttribute("aria-pressed", Boolean(sound))
    tone()
  })

  // A face to lay on the table: the clock alone, on the whole screen.
  const table = by("table")
  by("face")?.addEventListener("click", async () => {
    await document.documentElement.requestFullscreen?.().catch(() => {})
    table.prepend(face)
    table.showModal()
  })
  table.addEventListener("close", () => {
    clock.prepend(face)
    if (document.fullscreenElement) document.exitFullscreen()
  })
  document.addEventListener("fullscreenchange", () => !document.fullscreenElement && table.open && table.close())
  by("back").addEventListener("click", () => table.close())

  // The screen stays awake until it is over, where the phone allows it; it is asked again each time the page comes back.
  let lock
  const awake = async () => {
    if (!by("over") || by("ending").hidden || document.visibilityState !== "visible") return
    lock = await navigator.wakeLock?.request("screen").catch(() => null)
  }
  document.addEventListener("visibilitychange", awake)
  awake()

  if (clock?.dataset.end) run(new Date(clock.dataset.end).getTime(), Number(clock.dataset.minutes))
  if (field.value !== field.defaultValue) version = newer(version) // typed before this script was here
  field.readOnly = true // for the moment that it takes to look
  restore(true).finally(() => {
    field.readOnly = false
    words.state = "ready"
    if (unsent()) keepHere()
    send()
  })
})()
