// What people say on a page waits in the browser until the server has it: kept in IndexedDB, sent with a key of its
// own as often as needed, removed when the server has answered for that key. An entry belongs to one account and is
// never sent for another.

const DATABASE = "cecto-offline";
// This very opening of the page: performance.now() counts from it, whatever becomes of the device's clock.
const OPENING = newKey();

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function database() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("waiting", { keyPath: "key" });
    opening.result.createObjectStore("notes");
  };
  return done(opening);
}

function cookie(name) {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

export class Queue {
  // account: whose entries these are; session: of which session; address: where they are sent, so many `atOnce`.
  // inOrder: what is said later is told as later, also when the device's clock was set back in between.
  constructor({ account, session, address, atOnce = Infinity, inOrder = false }) {
    Object.assign(this, { account, session, address, atOnce, inOrder, sending: null });
    this.time = new ServerTime(this);
  }

  async open() {
    this.database = await database();
    this.device = await this.note(`device ${this.account}`);
    if (!this.device) {
      this.device = newKey();
      await this.keepNote(`device ${this.account}`, this.device);
    }
    await this.time.open();
    return this;
  }

  // Puts entries in; with `instead`, in place of what waits of the same person. One transaction: all or none.
  async put(entries, { instead = false } = {}) {
    const old = instead ? await this.waiting() : [];
    const people = new Set(entries.map((entry) => entry.person));
    const since = await this.#since();
    const known_at = this.time.now()?.toISOString();
    const own = { said_at: since.said_at, known_at, opening: OPENING, tick: performance.now() };
    const work = this.database.transaction(["waiting", "notes"], "readwrite", { durability: "strict" });
    const store = work.objectStore("waiting");
    work.objectStore("notes").put(since, `since ${this.account}`);
    for (const entry of old) if (people.has(entry.person)) store.delete(entry.key);
    for (const entry of entries) {
      store.put({ ...entry, ...own, key: newKey(), turn: since.turn, account: this.account, session: this.session });
    }
    await new Promise((resolve, reject) => {
      work.oncomplete = resolve;
      work.onabort = () => reject(work.error);
    });
  }

  // Which turn it is on this device, and what its clock says; never the same instant as before, where order matters.
  async #since() {
    const last = (await this.note(`since ${this.account}`)) ?? { turn: 0, said_at: "" };
    const now = new Date().toISOString();
    const after = this.inOrder && last.said_at >= now ? new Date(Date.parse(last.said_at) + 1).toISOString() : now;
    return { turn: last.turn + 1, said_at: after };
  }

  // This account's entries for this session, the earliest first.
  async waiting() {
    const mine = (await this.all()).filter((e) => e.account === this.account && e.session === this.session);
    return mine.sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0) || a.said_at.localeCompare(b.said_at));
  }

  // How many entries of other accounts wait on this device.
  async ofOthers() {
    return (await this.all()).filter((entry) => entry.account !== this.account).length;
  }

  all() {
    return done(this.database.transaction("waiting").objectStore("waiting").getAll());
  }

  remove(key) {
    return done(this.database.transaction("waiting", "readwrite").objectStore("waiting").delete(key));
  }

  note(name) {
    return done(this.database.transaction("notes").objectStore("notes").get(name));
  }

  keepNote(name, value) {
    return done(this.database.transaction("notes", "readwrite").objectStore("notes").put(value, name));
  }

  // Sends what waits. Answers {state, waits}: state is "idle", "saved", "offline", "signed-out", "other-account",
  // "gone", or "trouble"; waits counts what the server has put before a human.
  send() {
    this.sending ??= this.#send().finally(() => (this.sending = null));
    return this.sending;
  }

  async #send() {
    const entries = (await this.waiting()).filter((entry) => !entry.refused).slice(0, this.atOnce);
    if (!entries.length) return { state: "idle", waits: 0 };
    const answer = await this.#post(entries).catch(() => null);
    if (!answer) return { state: "offline", waits: 0 };
    if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "signed-out", waits: 0 };
    if (answer.status === 409) return { state: "other-account", waits: 0 };
    if (answer.status === 404) return { state: "gone", waits: 0 };
    if (!answer.ok) return { state: "trouble", waits: 0 };
    const { answers, now } = await answer.json();
    if (now) await this.time.hear(now);
    await this.#settle(entries, answers);
    await this.keepNote(`saved ${this.account} ${this.session}`, now ?? new Date().toISOString());
    return { state: "saved", waits: Object.values(answers).filter((one) => one.outcome === "waits").length };
  }

  #post(entries) {
    const marks = entries.map(({ account, session, opening, tick, turn, ...mark }) =>
      // How many milliseconds ago it was, where this is the page on which it was said.
      opening === OPENING ? { ...mark, ago: Math.round(performance.now() - tick) } : mark,
    );
    const body = { account: this.account, device: this.device, sent_at: new Date().toISOString(), marks };
    return fetch(this.address, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
  }

  async #settle(entries, answers) {
    for (const entry of entries) {
      const answer = answers[entry.key];
      if (answer?.outcome === "refused") await this.#refuse(entry, answer.why);
      else if (answer) await this.remove(entry.key);
    }
  }

  #refuse(entry, why) {
    const store = this.database.transaction("waiting", "readwrite").objectStore("waiting");
    return done(store.put({ ...entry, refused: why }));
  }

  async savedAt() {
    return this.note(`saved ${this.account} ${this.session}`);
  }
}

// What time it is by the server: as last heard, carried on while this page is open by a clock that nobody can set, and
// after it was opened again by the device's, which is not before what was heard.
class ServerTime {
  #heard = null;
  #last = null;

  constructor(queue) {
    this.queue = queue;
  }

  async open() {
    this.#last = (await this.queue.note(`heard ${this.queue.account}`)) ?? null;
  }

  async hear(now) {
    this.#heard = { at: Date.parse(now), tick: performance.now() };
    this.#last = { at: this.#heard.at, ahead: this.#heard.at - Date.now() };
    await this.queue.keepNote(`heard ${this.queue.account}`, this.#last);
  }

  // Null while the server was never heard.
  now() {
    if (this.#heard) return new Date(this.#heard.at + performance.now() - this.#heard.tick);
    return this.#last && new Date(Math.max(Date.now() + this.#last.ahead, this.#last.at));
  }
}

// Keeps this very page for when the network is gone.
export async function keepPage(worker, cache) {
  if (!("serviceWorker" in navigator)) return;
  const page = location.origin + location.pathname;
  const registration = await navigator.serviceWorker.register(worker, { scope: location.pathname });
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const ours = [...new Set(parts.filter((name) => name.startsWith(`${location.origin}/static/`)))];
  const active = registration.active ?? (await navigator.serviceWorker.ready).active;
  active.postMessage({ cache, page, parts: ours });
}

// A line that says how it stands, read out when it changes. `link` is {href, text}.
export function say(place, tone, text, link) {
  const [alert, body, line] = ["div", "div", "p"].map((name) => document.createElement(name));
  alert.className = `usa-alert usa-alert--${tone} usa-alert--slim`;
  body.className = "usa-alert__body";
  line.className = "usa-alert__text";
  line.append(text);
  if (link) {
    const anchor = Object.assign(document.createElement("a"), { href: link.href, className: "usa-link" });
    anchor.append(link.text);
    line.append(" ", anchor);
  }
  body.append(line);
  alert.append(body);
  if (place.firstElementChild?.outerHTML !== alert.outerHTML) place.replaceChildren(alert);
}

// The time of day in the program's zone, as its pages write it.
export function clockTime(instant, zone) {
  return new Date(instant).toLocaleTimeString("en-US", { timeZone: zone, hour: "numeric", minute: "2-digit" });
}
