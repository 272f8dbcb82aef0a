// The desk's comforts. Everything here can be done without.
(() => {
  // The inbox by keyboard.
  const lines = () => [...document.querySelectorAll("[data-line]")]
  let current = -1
  const go = (step) => {
    const all = lines()
    if (!all.length) return
    current = Math.min(Math.max(current + step, 0), all.length - 1)
    all.forEach((line, index) => line.classList.toggle("current", index === current))
    const link = all[current].querySelector("a")
    link.focus({ preventScroll: true })
    all[current].scrollIntoView({ block: "nearest" })
  }
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
  }
  const hint = document.querySelector("[data-keys]")
  if (hint && matchMedia("(hover: hover)").matches) hint.hidden = false
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return
    const act = keys[event.key]
    if (!act || !document.getElementById("lines")) return
    event.preventDefault()
    act()
  })

  // Ten seconds to take an answer back.
  for (const place of document.querySelectorAll("[data-seconds]")) {
    const end = new Date(place.dataset.seconds).getTime()
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000)
      place.textContent = Math.max(left, 0)
      if (left <= 0) place.closest(".note").remove()
      else setTimeout(tick, 250)
    }
    tick()
  }

  // What a phone keeps for the way to an appointment (offline.js) goes when its day is over, and when its owner signs out.
  const tell = (word) =>
    navigator.serviceWorker?.getRegistration("/bureau/rendez-vous/").then((keeper) => keeper?.active?.postMessage(word))
  tell("tidy")
  document.querySelector("[data-sign-out]")?.addEventListener("submit", (event) => {
    if (!navigator.serviceWorker) return
    event.preventDefault()
    tell("forget").finally(() => event.target.submit())
  })

  // The word for a feeling, as the slider moves.
  for (const slider of document.querySelectorAll("[data-gut]")) {
    const words = slider.dataset.words.split("|")
    const place = document.querySelector("[data-word]")
    const say = () => {
      const word = words[Math.min(Math.floor(slider.value / (100 / words.length)), words.length - 1)]
      place.textContent = `${slider.value} % – ${word}`
      slider.setAttribute("aria-valuetext", place.textContent)
    }
    slider.addEventListener("input", say)
    say()
  }
})()
