// The service worker of appointments: the page for the way there and the meeting's own open without a network, once seen.
// It keeps what the desk marks with Kept-Until, and the files of those pages; the network comes first wherever there is one.
const KEPT = "appointments"
const SLOW = 6000 // milliseconds: a network that has not answered by then is none, where something is kept
const HERE = new URL(registration.scope).pathname
const ANY = { ignoreVary: true }

addEventListener("install", () => skipWaiting())
addEventListener("activate", (event) => event.waitUntil(begin()))
addEventListener("message", (event) => event.waitUntil(inTurn(event.data === "forget" ? forget : tidy)))
addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== location.origin) return
  if (!pathname.startsWith(HERE)) event.respondWith(first(fetch(request), request))
  else {
    const coming = fetch(request)
    event.waitUntil(coming.then((answer) => keepInTurn(pathname, answer.clone())).catch(() => {}))
    // A script that asks for the page wants to know how things stand at the desk.
    event.respondWith(request.mode === "navigate" ? first(coming, pathname) : coming)
  }
})

// The pages that are open already are kept too: they came before this worker.
const begin = async () => {
  await clients.claim()
  for (const client of await clients.matchAll({ type: "window" })) {
    const answer = await fetch(client.url).catch(() => null)
    if (answer) await keepInTurn(new URL(client.url).pathname, answer)
  }
}

// One change of what is kept at a time; what came of one, or its failure, is nothing to the next.
let last = Promise.resolve()
const inTurn = (change) => (last = last.then(() => change(), () => change()))
const keepInTurn = (place, answer) => inTurn(() => keep(place, answer))

// What the network answers; what is kept, where it does not, or is down.
const first = async (coming, place) => {
  const old = await caches.match(place, { ...ANY, cacheName: KEPT })
  if (!old || expired(old)) return coming
  const late = new Promise((resolve) => setTimeout(resolve, SLOW, old))
  return Promise.race([coming.then((answer) => (answer.status >= 500 ? old : answer)), late]).catch(() => old)
}

const forget = () => caches.delete(KEPT)
const expired = (answer) => Number(answer.headers.get("Kept-Until") ?? Infinity) < Date.now()

const keep = async (place, answer) => {
  // Where it leads is not told of a navigation: it is asked again.
  if (answer.type === "opaqueredirect") answer = await fetch(place)
  const led = answer.redirected && new URL(answer.url).pathname
  if ((led && !led.startsWith(HERE)) || [401, 403, 404, 410].includes(answer.status)) {
    await forget() // signed out, or somebody else: nothing of what was kept is theirs
    return
  }
  const cache = await caches.open(KEPT)
  if (led) await cache.delete(place, ANY) // cancelled: there is no such page any more
  if (led || !answer.ok || !answer.headers.has("Kept-Until")) return
  await cache.addAll(files(await answer.clone().text()))
  await cache.put(place, answer)
  await tidy(answer.headers.get("Kept-For"))
}

const files = (page) => [...page.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1])

// Out with what is past its day, what is another member's, and the files that no page needs any more.
const tidy = async (member) => {
  const cache = await caches.open(KEPT)
  const needed = new Set()
  for (const place of await cache.keys()) {
    const page = await cache.match(place, ANY)
    if (!page.headers.has("Kept-Until")) continue
    if (expired(page) || (member && page.headers.get("Kept-For") !== member)) await cache.delete(place, ANY)
    else for (const file of [new URL(place.url).pathname, ...files(await page.text())]) needed.add(file)
  }
  for (const place of await cache.keys()) if (!needed.has(new URL(place.url).pathname)) await cache.delete(place, ANY)
}
