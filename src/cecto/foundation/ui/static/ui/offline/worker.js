// Keeps one page and what it is made of for when the network is gone. Its scope is that page's own address; anything
// else goes to the network as if this were not here. What is kept belongs to one account and goes with it (ui.js).

const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const isPage = request.mode === "navigate" && request.url === self.registration.scope;
  const isPart = address.origin === self.location.origin && address.pathname.startsWith("/static/");
  if (request.method !== "GET" || !(isPage || isPart)) return;
  event.respondWith(isPage ? page(request) : part(request));
});

// {cache: name, page: address, parts: [addresses]} keeps a page as the server gives it now. A sign-in page, or any
// refusal, is not it.
async function keep({ cache, page, parts }) {
  if (page !== self.registration.scope) return;
  const answer = await fetch(page, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const kept = await caches.open(cache);
  await kept.addAll([...parts, ...(await pictures(parts))]);
  await kept.put(page, answer);
}

// What the style sheets name: which of it a page needs depends on how wide the screen is then.
async function pictures(parts) {
  const named = parts.filter((part) => part.endsWith(".css")).map(async (sheet) => {
    const text = await (await fetch(sheet)).text();
    return [...text.matchAll(/url\("?(?!data:)([^")]+)"?\)/g)].map(([, name]) => new URL(name, sheet).href);
  });
  const own = new Set((await Promise.all(named)).flat());
  return [...own].filter((name) => !parts.includes(name));
}

async function page(request) {
  const answer = await within(PATIENCE, fetch(request)).catch(() => null);
  if (answer && answer.status < 500) {
    if (!answer.ok) await forget(request);
    return answer;
  }
  return (await caches.match(request)) ?? answer ?? Response.error();
}

async function part(request) {
  return (await within(PATIENCE, fetch(request)).catch(() => null)) ?? (await caches.match(request)) ?? Response.error();
}

// The address leads elsewhere now: signed out, or no longer this account's.
async function forget(request) {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(request);
}

function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(reject, milliseconds, new Error("late")));
  return Promise.race([promise, late]);
}
