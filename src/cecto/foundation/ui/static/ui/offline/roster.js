// The roster goes on working when the network goes: marks wait in the browser and are sent when it is back.
// Without this file the roster is a form.
import { Queue, clockTime, keepPage, say } from "./queue.js";

const AGAIN_AFTER = 10_000;
const ASKED = "cecto-asked";

const place = document.querySelector("[data-offline]");
const form = document.querySelector("form[data-roster]");
const account = document.body.dataset.viewer;
const { offline: address, worker, session, zone } = place.dataset;
const guest = "guest" in place.dataset;
const lines = [...document.querySelectorAll("tr[data-person]")];
const queue = await new Queue({ account, session, address, inOrder: true }).open();
let shown = new Map();

function fields(line) {
  const of = (name) => line.querySelector(`[name="${name}-${CSS.escape(line.dataset.person)}"]`);
  return { absent: of("absent"), apart: of("apart"), unmarked: of("unmarked"), came: of("came"), left: of("left") };
}

// What a line asks for, as state|came|left|where.
function asked(line) {
  const { absent, apart, unmarked, came, left } = fields(line);
  if (absent.checked) return "absent|||";
  if (unmarked.checked) return "cleared|||";
  const where = apart.checked ? line.dataset.elsewhere : "";
  return `${came.value || left.value ? "partly" : "present"}|${came.value}|${left.value}|${where}`;
}

function fill(line, { state, came, left, where }) {
  const of = fields(line);
  of.absent.checked = state === "absent";
  of.apart.checked = Boolean(where) && where === line.dataset.elsewhere;
  of.unmarked.checked = state === "cleared";
  of.came.value = came;
  of.left.value = left;
  if (came || left || state === "cleared") line.querySelector("details").open = true;
}

function contradiction(line) {
  const { absent, apart, unmarked, came, left } = fields(line);
  if (absent.checked + unmarked.checked + Boolean(apart.checked || came.value || left.value) > 1) {
    const elsewhere = line.dataset.elsewhere === "sync" ? "online" : "in the room";
    return `${line.dataset.name}: choose one: absent, by report, or there (${elsewhere}, with times).`;
  }
  const backwards = came.value && left.value && came.value >= left.value;
  return backwards ? `${line.dataset.name}: the time they left must be after the time they came.` : "";
}

const isChanged = () => lines.some((line) => asked(line) !== shown.get(line));
const remember = () => (shown = new Map(lines.map((line) => [line, asked(line)])));
const marks = (n) => (n === 1 ? "1 mark" : `${n} marks`);
const wait = (n) => (n === 1 ? "1 mark waits" : `${n} marks wait`);

async function submit() {
  const problems = lines.map(contradiction).filter(Boolean);
  if (problems.length) {
    say(place, "error", problems.join(" "));
    return show();
  }
  const waiting = new Map((await queue.waiting()).map((entry) => [entry.person, entry]));
  const entries = lines.flatMap((line) => {
    const [state, came, left, where] = asked(line).split("|");
    const { person, said } = line.dataset;
    const before = waiting.get(person);
    const same = before ? `${before.state}|${before.came}|${before.left}|${before.where ?? ""}` : said;
    return same === asked(line) ? [] : [{ person, state, came, left, where, seen: Number(line.dataset.seen) }];
  });
  await queue.put(entries, { instead: true });
  remember();
  await send({ asked: true });
}

async function send({ asked = false } = {}) {
  const waiting = (await queue.waiting()).length;
  if (waiting && asked) say(place, "info", `Sending ${marks(waiting)}…`);
  const answer = await queue.send();
  // The page as the server has it now shows what was saved, what is for a human, and the marks of others.
  if (answer.state === "saved" && !isChanged() && !(await refused()).length) {
    if (asked) sessionStorage.setItem(ASKED, location.pathname);
    return location.reload();
  }
  await tell(answer);
  if (asked) show();
}

// Who saved stands at the foot of a long list: what came of it is at the top.
function show() {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

function showIfAsked() {
  if (sessionStorage.getItem(ASKED) !== location.pathname) return;
  sessionStorage.removeItem(ASKED);
  show();
}

const refused = async () => (await queue.waiting()).filter((entry) => entry.refused);

async function tell({ state, waits }) {
  const waiting = (await queue.waiting()).length;
  const signIn = { href: `/account/login/?next=${encodeURIComponent(location.pathname)}`, text: "Sign in" };
  const again = { href: location.pathname, text: "Reload this page" };
  const bad = await refused();
  if (bad.length) return tellRefused(bad);
  if (state === "offline") return say(place, "warning", waiting ? `Offline: ${wait(waiting)} on this device. They are sent when the network is back.` : "Offline.");
  if (state === "signed-out" && guest) return say(place, "warning", `${wait(waiting)} on this device and could not be sent.`, again);
  if (state === "signed-out") return say(place, "warning", `${wait(waiting)} on this device: you are signed out.`, { ...signIn, text: "Sign in to send them" });
  if (state === "other-account") return say(place, "warning", `${wait(waiting)} on this device for another account: they are sent when that person signs in.`, signIn);
  if (state === "gone") return say(place, "error", `${wait(waiting)} on this device, but you may no longer mark this session. Ask its coordinator.`);
  if (state === "trouble") return say(place, "error", `${wait(waiting)} on this device: the server could not take them. They are sent again.`);
  if (waits) return say(place, "warning", `${wait(waits)} for a decision.`, { href: location.pathname, text: "Show" });
  return tellSaved();
}

function tellRefused(entries) {
  const name = (entry) => lines.find((line) => line.dataset.person === entry.person)?.dataset.name ?? "Someone";
  const why = entries.map((entry) => `${name(entry)}: ${entry.refused}`).join(" ");
  say(place, "error", `${wait(entries.length)} on this device and cannot be saved. ${why} Change it and save again.`);
}

async function tellSaved() {
  const [at, others] = [await queue.savedAt(), await queue.ofOthers()];
  const saved = at ? `All marks saved ${clockTime(at, zone)}.` : "";
  const theirs = others ? `${wait(others)} on this device for another account: they are sent when that one is signed in.` : "";
  if (!navigator.onLine) say(place, "info", `Offline: marks wait on this device until the network is back. ${saved}`);
  else if (saved || theirs) say(place, theirs ? "info" : "success", `${saved} ${theirs}`.trim());
  else place.replaceChildren();
}

for (const entry of await queue.waiting()) {
  const line = lines.find((one) => one.dataset.person === entry.person);
  if (line) fill(line, entry);
}
remember();
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
for (const moment of ["online", "offline"]) window.addEventListener(moment, () => send());
setInterval(async () => (await queue.waiting()).length && send(), AGAIN_AFTER);
await send();
showIfAsked();
if (navigator.onLine) await keepPage(worker, `cecto-offline:${account}`);
place.dataset.ready = "yes";
