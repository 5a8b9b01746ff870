// Finds and opens the entry of a code, in this browser alone: the code is sent nowhere, and no list of names is fetched.
// The same as sealed.py: PBKDF2 over the code gives the entry's name and its key, the entry is AES-GCM.
const answer = document.getElementById("answer");
const text = new TextEncoder();
const about = fetch("about.json").then((found) => found.json());

function decoded(typed) {
  try {
    return decodeURIComponent(typed);
  } catch {
    return typed;
  }
}

function codeIn(typed) {
  const named = /\/verify\/([^/?#]+)/i.exec(typed);
  const written = decoded(named ? named[1] : typed).normalize("NFKC").toUpperCase();
  const kept = written.replace(/[^\p{L}\p{N}]|[\u30fc\u4e00]/gu, "");
  return kept.replace(/O/g, "0").replace(/[IL]/g, "1");
}

async function nameAndKey(code, salt, iterations) {
  const raw = await crypto.subtle.importKey("raw", text.encode(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(salt), iterations };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(how, raw, 256));
  const name = Array.from(derived.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, key: await crypto.subtle.importKey("raw", derived.slice(16), "AES-GCM", false, ["decrypt"]) };
}

async function entryOf(code) {
  const { salt, iterations } = await about;
  const { name, key } = await nameAndKey(code, salt, iterations);
  const found = await fetch(`entries/${name}.bin`);
  if (!found.ok || (found.headers.get("Content-Type") || "").startsWith("text/html")) {
    return null;
  }
  const sealed = new Uint8Array(await found.arrayBuffer());
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12) }, key, sealed.slice(12));
  return JSON.parse(new TextDecoder().decode(opened));
}

function show(state, heading, sentences = [], facts = []) {
  const title = document.createElement("h2");
  title.textContent = heading;
  const said = sentences.map((sentence) => {
    const line = document.createElement("p");
    line.textContent = sentence;
    return line;
  });
  const list = document.createElement("dl");
  for (const [label, value] of facts) {
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    term.textContent = label;
    told.textContent = value;
    list.append(term, told);
  }
  answer.dataset.state = state;
  answer.replaceChildren(title, ...said, ...(facts.length ? [list] : []));
}

function tell(entry) {
  const over = entry.ends && new Date(entry.ends) <= new Date() && entry.state === "valid";
  show(over ? "expired" : entry.state, over ? entry.ended : entry.heading, entry.sentences, entry.facts);
}

async function check(typed) {
  const code = codeIn(typed);
  document.getElementById("code").value = typed;
  if (!crypto.subtle) {
    show("unknown", "This page has to be opened over https.");
    return;
  }
  show("", "Checking…");
  try {
    const entry = code.length === 12 ? await entryOf(code) : null;
    if (entry) {
      tell(entry);
    } else {
      const { day } = await about;
      show("unknown", "No certificate has this code.", [
        "Check it against the paper: it has 12 letters and numbers.",
        `A certificate issued after ${day} is not known here.`,
      ]);
    }
  } catch {
    show("unknown", "This could not be checked.", ["Try again. If it happens again, a file of this site is damaged."]);
  }
}

document.getElementById("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  check(event.target.code.value);
});

about.then(({ issuer, day }) => {
  document.getElementById("issuer").textContent = `Certificates of ${issuer}, as recorded on ${day}.`;
  document.getElementById("limits").textContent =
    `These files were made on ${day}. They do not know what was revoked, replaced, or issued later.`;
});

const asked = location.pathname.split("/").pop();
if (asked && asked !== "index.html") {
  check(asked);
}
