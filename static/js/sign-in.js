// Watches the sign-in of this page: warns before it ends from idleness, and when it has ended, or the person must show
// who they are, asks for it in another tab. Afterwards this page goes on with all that was typed ("signed-in-again").
"use strict";

(() => {
  const page = document.querySelector('meta[name="keeping"]');
  if (!page) return;
  const said = page.dataset;
  const WARN_SECONDS = 300;
  const ACTIVE_SECONDS = 240; // typing counts as use, and is told to the server no more often than this
  const SEEN = `seen:${said.person}`;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("sign-in") : null;
  let told = Date.now();
  let waiting = null;

  function dialog(name) {
    let found = document.getElementById(`sign-in-${name}`);
    if (!found) {
      const prepared = document.getElementById("keeping-dialogs").content.getElementById(`sign-in-${name}`);
      found = document.body.appendChild(document.importNode(prepared, true));
    }
    return found;
  }

  function seen() {
    told = Date.now();
    try {
      localStorage.setItem(SEEN, String(told));
    } catch {
      // without storage each tab counts for itself
    }
  }

  function idleSince() {
    try {
      return Math.max(told, Number(localStorage.getItem(SEEN)));
    } catch {
      return told;
    }
  }

  function take(token) {
    for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = token;
  }

  // What the server says of the sign-in: whose it is, for which bank, how long it lasts; null when it does not answer.
  async function ask(stay) {
    try {
      const headers = stay ? { "X-CSRFToken": stay } : { "X-Unattended": "1" };
      const answer = await fetch(said.session, { method: stay ? "POST" : "GET", headers, cache: "no-store" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function isMine(state) {
    return String(state.person ?? "") === said.person && String(state.acting ?? "") === said.acting;
  }

  // Takes the new token where the sign-in is this page's own; false where it is nobody's, or somebody else's.
  async function renew() {
    const state = await ask();
    if (!state || !isMine(state)) return false;
    take(state.csrf);
    seen();
    return true;
  }

  function open(address) {
    const at = new URL(address, location.href);
    at.searchParams.set("next", said.back);
    window.open(at.href, "_blank");
  }

  // Asks to sign in again, or for another step at the address given; resolves when this page may go on.
  function comeBack(address, title, words) {
    const box = dialog("ended");
    box.querySelector("h2").textContent = title || said.endedTitle;
    box.querySelector("p").textContent = words || said.endedText;
    const button = box.querySelector("[data-open]");
    button.textContent = address ? said.openStep : said.openSignIn;
    button.onclick = () => open(address || said.signIn);
    if (!box.open) box.showModal();
    if (!waiting) {
      waiting = new Promise((resolve) => {
        document.addEventListener("signed-in-again", resolve, { once: true });
      }).then(() => {
        waiting = null;
        box.close();
      });
    }
    return waiting;
  }

  async function comeBackNow() {
    if (!waiting) return;
    const state = await ask();
    if (!state?.person) return;
    if (!isMine(state)) {
      dialog("ended").querySelector("p").textContent = said.otherText;
      return;
    }
    take(state.csrf);
    seen();
    document.dispatchEvent(new CustomEvent("signed-in-again"));
  }

  async function watch() {
    const left = Number(said.idle) - (Date.now() - idleSince()) / 1000;
    if (!said.person || waiting || left > WARN_SECONDS) return;
    const state = await ask();
    if (!state) return;
    if (!state.person) {
      if (document.querySelector("form[data-unsaved]")) comeBack();
      return;
    }
    const box = dialog("idle");
    if (state.seconds > WARN_SECONDS) {
      told = Date.now() - (Number(said.idle) - state.seconds) * 1000;
      if (box.open) box.close();
      return;
    }
    box.querySelector("h2").textContent = said.idleTitle.replace(
      "{minutes}",
      Math.max(1, Math.ceil(state.seconds / 60)),
    );
    box.querySelector("[data-stay]").onclick = async () => {
      if (await ask(state.csrf)) seen();
      box.close();
    };
    if (!box.open) box.showModal();
  }

  async function typing() {
    if (!said.person || (Date.now() - idleSince()) / 1000 < ACTIVE_SECONDS) return;
    seen();
    const state = await ask();
    if (state && isMine(state)) await ask(state.csrf);
  }

  function begin() {
    if (!said.person) return;
    seen();
    document.addEventListener("input", typing);
    window.addEventListener("focus", comeBackNow);
    document.addEventListener("visibilitychange", () => document.hidden || comeBackNow());
    if (channel) channel.onmessage = comeBackNow;
    setInterval(watch, 30_000);
  }

  window.signIn = { comeBack, renew, seen };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
