// The kiosk at a door: find a name, tap, sign. It goes on working when the network goes: taps wait in the browser and
// are sent when it is back. Without this file each step is a page and a form.
import { Queue, clockTime, keepPage, say } from "./queue.js";
import { Pad } from "./pad.js";

const AGAIN_AFTER = 10_000;
const BACK_AFTER = 12_000;
const IDLE_AFTER = 60_000;
const WARNED_FOR = 30_000;
const AT_ONCE = 50;

const place = document.querySelector("[data-offline]");
const { offline: address, worker, session, kiosk, zone } = place.dataset;
const views = new Map([...document.querySelectorAll("[data-view]")].map((view) => [view.dataset.view, view]));
const names = [...document.querySelectorAll("[data-person]")];
// How the server reads letters in names: the words beside each name are made so.
const letters = JSON.parse(document.querySelector("#kiosk-letters")?.textContent ?? "{}");
const search = document.querySelector("[data-search] input");
const form = document.querySelector("form[data-sign]");
const typed = document.querySelector("#kiosk-typed");
const pad = form && new Pad(document.querySelector("[data-pad]"));
const queue = await new Queue({ account: kiosk, session, address, atOnce: AT_ONCE }).open();
let shown = "names";
let chosen = null;
let taps = 0;
let timer = 0;

const entries = (n) => (n === 1 ? "1 entry waits" : `${n} entries wait`);
const part = (name) => views.get(shown).querySelector(`[data-${name}]`);

// One view at a time; its heading is read out.
function show(name) {
  clearTimeout(timer);
  shown = name;
  for (const [one, view] of views) view.hidden = one !== name;
  window.scrollTo(0, 0);
  views.get(name).querySelector("h2").focus();
}

function toNames() {
  if (history.state?.kiosk) history.back();
  else showNames();
}

function showNames() {
  chosen = null;
  pad.clear();
  typed.value = search.value = "";
  find();
  show("names");
}

// The names of which each word typed begins a part, accents and case apart.
function find() {
  const typed = [...search.value.normalize("NFC").toLowerCase()];
  const wanted = typed.map((letter) => letters[letter] ?? letter).join("").split(" ").filter(Boolean);
  let found = 0;
  for (const name of names) {
    const item = name.parentElement;
    const parts = item.dataset.words.split(" ");
    item.hidden = !wanted.every((word) => parts.some((one) => one.startsWith(word)));
    found += !item.hidden;
  }
  const none = "Nobody with this name is expected here. Ask the instructor.";
  views.get("names").querySelector("[data-found]").textContent = !found ? none : wanted.length ? `${found} found` : "";
}

function choose(link) {
  const { person, kind } = link.dataset;
  const name = [...link.querySelectorAll("[data-name]")].map((part) => part.textContent).join(", ");
  chosen = { person, kind, name };
  const does = kind === "in" ? "Check in" : "Check out";
  pad.clear();
  typed.value = "";
  history.pushState({ kiosk: "sign" }, "");
  views.get("sign").querySelector("[data-heading]").textContent = `${does} ${chosen.name}`;
  views.get("sign").querySelector("[data-submit]").textContent = does;
  forgive();
  show("sign");
  stillThere();
}

const forgive = () => views.get("sign").querySelector("[data-problem]").replaceChildren();

// A signature that nobody goes on with is put away, after a warning; any touch or key keeps it.
function stillThere() {
  if (shown !== "sign") return;
  clearTimeout(timer);
  part("warning").textContent = "";
  timer = setTimeout(() => {
    part("warning").textContent = "Still there? Back to the names in half a minute. Touch anything to stay.";
    timer = setTimeout(toNames, WARNED_FOR);
  }, IDLE_AFTER);
}

async function submit() {
  const { person, kind, name } = chosen;
  const initials = typed.value.trim();
  if (!pad.isSigned && !/\p{L}/u.test(initials)) {
    say(part("problem"), "error", "Sign in the field, or type your name or initials instead.");
    part("problem").scrollIntoView({ block: "nearest" });
    return;
  }
  const signature = pad.isSigned ? { strokes: pad.strokes } : { typed: initials };
  try {
    await queue.put([{ person, kind, ...signature }]);
  } catch {
    say(part("problem"), "error", "This device could not keep it. Tell the instructor that you are here.");
    return;
  }
  taps += 1;
  await showWaiting();
  showDone(name, kind);
  sendSoon();
}

// Nobody waits for the network: the next person may sign while this one's tap is on its way.
async function sendSoon() {
  await round();
  if ((await unsent()).length) await round();
}

function showDone(name, kind) {
  const time = clockTime(queue.time.now() ?? new Date(), zone);
  show("done");
  part("heading").textContent = `${name}, you are ${kind}: ${time}`;
  part("saved").textContent = "Kept on this device.";
  part("back").textContent = `Back to the names in ${BACK_AFTER / 1000} seconds.`;
  part("stay").hidden = false;
  timer = setTimeout(toNames, BACK_AFTER);
}

function stay() {
  clearTimeout(timer);
  part("back").textContent = "";
  part("stay").hidden = true;
  part("return").focus();
}

// Who is in by what waits here: the page as it was kept does not know of it.
async function showWaiting() {
  for (const { person, kind } of await queue.waiting()) {
    const name = names.find((one) => one.dataset.person === person);
    if (name) name.dataset.kind = kind === "in" ? "out" : "in";
  }
}

const unsent = async () => (await queue.waiting()).filter((entry) => !entry.refused);
const refused = async () => (await queue.waiting()).filter((entry) => entry.refused);

// Sends what waits, then hears how things stand. One at a time.
let running = null;
function round() {
  running ??= sendAndHear().finally(() => (running = null));
  return running;
}

async function sendAndHear() {
  const before = (await unsent()).length;
  let answer;
  do answer = await queue.send();
  while (answer.state === "saved" && (await unsent()).length);
  const heard = answer.state === "offline" ? "offline" : await hear();
  await tell(answer.state, heard);
  if (before && answer.state === "saved") await keep();
}

// The server's time, and who is in by another door.
async function hear() {
  if (!views.size) return "closed";
  const [before, answer] = [taps, await fetch(address, { signal: AbortSignal.timeout(8000) }).catch(() => null)];
  if (!answer || answer.status >= 500) return "offline";
  if (answer.status === 410) return "closed";
  if (!answer.ok) return "not-ours";
  const { now, people, in: inside } = await answer.json();
  await queue.time.hear(now);
  if (before === taps) {
    for (const name of names) name.dataset.kind = inside.includes(name.dataset.person) ? "out" : "in";
    await showWaiting();
  }
  return people === names.length || location.search ? "open" : "changed";
}

async function tell(sent, heard) {
  const [waiting, bad] = [(await queue.waiting()).length, (await refused()).length];
  const free = views.size && shown === "names" && !search.value && !waiting;
  if (free && !["open", "offline"].includes(heard)) return location.reload();
  const unreachable = sent === "offline" || heard === "offline";
  if (shown === "done") part("saved").textContent = unreachable ? "Kept on this device until the network is back." : waiting ? "Kept on this device." : "Saved.";
  const [tone, text] = words(unreachable ? "offline" : sent, heard, waiting, bad);
  if (text) say(place, tone, text);
  else place.replaceChildren();
}

function words(sent, heard, waiting, bad) {
  const here = waiting ? `${entries(waiting)} on this device` : "";
  if (sent === "offline") return ["warning", here ? `Offline: ${here}. Go on; they are sent when the network is back.` : "Offline. Go on: entries wait on this device until the network is back."];
  if (sent === "signed-out" || sent === "gone" || heard === "not-ours") return ["error", `This device is no longer this kiosk. ${here} Call the coordinator.`];
  if (sent === "trouble") return ["error", `${here}: the server could not take them. They are sent again.`];
  if (bad) return ["error", `${entries(bad)} on this device and cannot be read. Call the coordinator.`];
  if (heard === "closed" && views.size) return ["warning", "This kiosk is closed."];
  return sent === "saved" ? ["success", "Everything is saved."] : ["", ""];
}

const keep = () => (navigator.onLine && views.size ? keepPage(worker, `cecto-offline:${kiosk}`) : undefined);

function listen() {
  document.querySelector(".app-kiosk-names").addEventListener("click", (event) => {
    const link = event.target.closest("[data-person]");
    if (!link) return;
    event.preventDefault();
    choose(link);
  });
  search.addEventListener("input", find);
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    names.find((name) => !name.parentElement.hidden)?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = part("submit");
    if (button.disabled) return;
    button.disabled = true;
    submit().finally(() => (button.disabled = false));
  });
  document.querySelector("[data-clear]").addEventListener("click", () => pad.clear());
  document.querySelector("[data-stay]").addEventListener("click", stay);
  for (const button of document.querySelectorAll("[data-return]")) button.addEventListener("click", toNames);
  for (const sign of ["pointerdown", "keydown"]) form.addEventListener(sign, stillThere);
  typed.addEventListener("input", forgive);
  document.querySelector("[data-pad]").addEventListener("pointerdown", forgive);
  document.addEventListener("keydown", (event) => event.key === "Escape" && shown !== "names" && toNames());
  window.addEventListener("popstate", showNames);
  document.querySelector("[data-server-done]")?.remove();
}

await showWaiting();
if (views.size) listen();
for (const moment of ["online", "offline"]) window.addEventListener(moment, round);
setInterval(round, AGAIN_AFTER);
navigator.storage?.persist?.().catch(() => {});
await round();
await keep();
place.dataset.ready = "yes";
