// Keeps what is typed in a form marked data-keep until the server says that it has it (data-forget).
(() => {
  const PREFIX = "kept:"
  const store = (() => {
    try {
      localStorage.setItem(PREFIX, "")
      localStorage.removeItem(PREFIX)
      return localStorage
    } catch {
      return null // private browsing, or no room: the page works as it would without this script
    }
  })()

  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false
  if (!store) return

  for (const element of document.querySelectorAll("[data-forget]"))
    for (const key of element.dataset.forget.split(" ")) store.removeItem(PREFIX + key)

  const worthKeeping = (field) =>
    field.name && !field.disabled && !["hidden", "password", "file", "submit", "button"].includes(field.type)
  const read = (form) =>
    Object.fromEntries(
      [...form.elements].filter(worthKeeping).filter((field) => field.type !== "checkbox" && field.type !== "radio")
        .map((field) => [field.name, field.value])
    )

  const restore = (form, key) => {
    let kept
    try {
      kept = JSON.parse(store.getItem(key))
    } catch {
      kept = null
    }
    if (!kept) return
    let changed = false
    for (const field of form.elements) {
      const value = kept[field.name]
      // What the server brought back with an error is at least as new as what was kept here.
      if (!worthKeeping(field) || !value || field.value === value || form.querySelector(".error")) continue
      field.value = value
      changed = true
    }
    if (changed) tell(form, key)
  }

  const tell = (form, key) => {
    const template = document.getElementById("restored")
    if (!template) return
    const note = template.content.firstElementChild.cloneNode(true)
    note.querySelector("button").addEventListener("click", () => {
      store.removeItem(key)
      form.reset()
      note.remove()
    })
    form.prepend(note)
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = PREFIX + form.dataset.keep
    restore(form, key)
    let timer
    const keep = () => {
      clearTimeout(timer)
      try {
        store.setItem(key, JSON.stringify(read(form)))
      } catch {
        // no room left: nothing is lost that was not lost before
      }
    }
    form.addEventListener("input", () => {
      clearTimeout(timer)
      timer = setTimeout(keep, 250)
    })
    form.addEventListener("submit", keep)
  }
})()
