// A person reads: told once, at the first touch, key or turn of the wheel. A robot that opens the link does none of these.
(() => {
  const url = document.currentScript?.dataset.seen ?? document.querySelector("script[data-seen]")?.dataset.seen
  if (!url) return
  const signs = ["wheel", "touchmove", "pointerdown", "keydown"] // what no script does by itself
  const tell = (event) => {
    if (!event.isTrusted) return
    for (const sign of signs) removeEventListener(sign, tell)
    fetch(url, { method: "POST", keepalive: true }).catch(() => {})
  }
  for (const sign of signs) addEventListener(sign, tell, { passive: true })
})()
