// Progressive enhancement only: every page works without this file.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu-button]");
  if (button) button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") !== "true");
});

// <input type="checkbox" data-select-all="name"> ticks every checkbox with that name in its form.
document.addEventListener("change", (event) => {
  const name = event.target.dataset.selectAll;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)) {
    box.checked = event.target.checked;
  }
});

// <button type="button" data-print> prints the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// <button type="button" data-copy="text"> copies the text and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied ?? "Copied";
});

// Signing in with a passkey is a form of its own; the box to stay signed in stands in the other.
document.addEventListener("formdata", (event) => {
  const box = document.querySelector('input[name="remember"]');
  if (event.target.id === "mfa_login" && box?.checked) event.formData.set("remember", "on");
});

// A form that was sent cannot be sent twice by a second click.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "get" || event.target.hasAttribute("hx-post")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 5000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Where tabs are wider than the screen, the present one is in sight.
document.addEventListener("DOMContentLoaded", () => {
  const tab = document.querySelector(".app-tabs [aria-current=page]");
  const tabs = tab?.closest(".app-tabs");
  if (tabs) tabs.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tabs.offsetLeft - tabs.clientWidth / 2;
});

function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}
document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

// Pages kept for when the network is gone are for the person who opened them: they go when that person has gone.
async function forgetOthers() {
  if (!("caches" in window)) return;
  const mine = `cecto-offline:${document.body.dataset.viewer}`;
  for (const name of await caches.keys()) {
    if (name.startsWith("cecto-offline:") && name !== mine) await caches.delete(name);
  }
}
document.addEventListener("DOMContentLoaded", forgetOthers);
