// Priced lines come and go without a round trip. Without this, an empty line always stands at the end.
(() => {
  const form = document.getElementById("document")
  const lines = document.getElementById("lines")
  if (!form || !lines) return
  const all = () => [...lines.querySelectorAll(".priced")]
  const numberOf = (line) => Number(line.querySelector("[name$=-key]").name.split("-")[1])
  const KEPT = ["unit", "rate"] // what the next line most likely has too
  const empty = (line) => {
    for (const field of line.querySelectorAll("input, select")) {
      if (field.type === "checkbox") field.checked = false
      else if (field.name.endsWith("-quantity")) field.value = "1"
      else if (!KEPT.some((name) => field.name.endsWith(`-${name}`))) field.value = ""
    }
    line.querySelector("details").open = false
  }
  const add = () => {
    const last = all().at(-1)
    const next = numberOf(last) + 1
    const line = last.cloneNode(true)
    for (const field of line.querySelectorAll("[name]")) field.name = field.name.replace(/-\d+-/, `-${next}-`)
    for (const [n, select] of line.querySelectorAll("select").entries()) select.value = last.querySelectorAll("select")[n].value
    for (const words of line.querySelectorAll("legend, .unseen")) words.textContent = words.textContent.replace(/\d+/, next + 1)
    empty(line)
    lines.append(line)
    return line
  }

  document.getElementById("more").addEventListener("click", (event) => {
    event.preventDefault()
    add().querySelector("[name$=-text]").focus()
  })
  lines.addEventListener("click", (event) => {
    const line = event.target.closest("[data-remove]")?.closest(".priced")
    if (!line) return
    const others = all().filter((other) => other !== line)
    if (others.length) line.remove()
    else empty(line)
    ;(others.at(-1) ?? line).querySelector("[name$=-text]").focus()
    form.dispatchEvent(new Event("input", { bubbles: true }))
  })

  // Lines that were added here and are kept on this device: keep.js, which runs next, fills them in again.
  try {
    const kept = JSON.parse(localStorage.getItem(`kept:${form.dataset.keep}`)) ?? {}
    const most = Math.max(0, ...Object.keys(kept).map((name) => Number(/^line-(\d{1,3})-text$/.exec(name)?.[1] ?? 0)))
    while (numberOf(all().at(-1)) < most) add()
  } catch {
    // nothing is kept here
  }
  addEventListener("DOMContentLoaded", () => {
    if (form.querySelector(".note")) form.dispatchEvent(new Event("input", { bubbles: true })) // the page follows
  })
})()
