// Keeps what is typed in a form and sends the form without leaving the page, so that nothing is lost when the line, the
// server or the sign-in goes away; says in words how it stands. Forms with passwords, with hx-post, with data-plain or
// with data-kept-by are left alone. data-autosave is the address that saves while the person types; data-part is the id
// of the part of the page that the form belongs to.
"use strict";

(() => {
  const said = document.querySelector('meta[name="keeping"]')?.dataset;
  if (!said?.person) return;
  const AUTOSAVE_MS = 1500;
  const KEEP_MS = 300;
  const PATIENCE_MS = 60_000;
  const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
  const TYPED = [
    "textarea, input:not([type])",
    ...["text", "email", "number", "date", "search", "tel", "url", "file"].map(
      (type) => `input[type="${type}"]`,
    ),
  ].join(", ");
  const LEFT_ALONE = "[data-plain], [hx-post], [data-kept-by], [method=dialog]";
  const SHOWN_BY = [".frame", "main", "#content"]; // what is put in place of a refused page, the widest first
  const known = new WeakMap();
  let leaving = false;

  function isOurs(form) {
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.matches(LEFT_ALONE)) return false;
    if (form.querySelector('[type="password"]')) return false;
    return [...form.querySelectorAll(TYPED)].some((field) => !field.disabled && !field.hidden);
  }

  function hour(moment) {
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
  }

  function newKey() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      }
      window.addEventListener("online", done);
    });
  }

  class KeptForm {
    constructor(form, restoring) {
      this.form = form;
      this.autosave = form.dataset.autosave;
      this.part = form.dataset.part; // the id of the part of the page that the form belongs to
      this.typedSince = false; // something was typed after what was saved last
      this.stored = true; // the browser holds what was typed
      this.saving = null;
      this.sending = null;
      form.addEventListener("input", (event) => this.typed(event));
      form.addEventListener("change", (event) => this.typed(event));
      form.addEventListener("compositionend", (event) => this.typed(event));
      form.addEventListener("submit", (event) => this.submitted(event));
      if (restoring) {
        const when = window.drafts.restore(form);
        if (when) this.restored(when);
      } else {
        form.dataset.unsaved = "";
        this.stored = window.drafts.keep(form);
      }
    }

    get unsaved() {
      return "unsaved" in this.form.dataset;
    }

    // Whether leaving could lose something: it is on its way, or neither the server nor the browser holds it.
    get mustStay() {
      const failing = this.failing || this.refused || !navigator.onLine;
      return Boolean(this.sending) || (this.unsaved && (!this.stored || (Boolean(this.autosave) && failing)));
    }

    // Says how it stands, in the place that the form has for it.
    say(words, tone = "muted") {
      let place = this.form.querySelector("[data-kept]");
      if (!place) {
        place = document.createElement("span");
        place.dataset.kept = "";
        place.setAttribute("role", "status");
        (this.form.querySelector(".buttons") ?? this.form).append(place);
      }
      place.className = `small kept ${tone}`;
      place.textContent = words;
    }

    typed(event) {
      if (event.target.type === "file" || event.isComposing) return;
      this.sending?.abort();
      this.typedSince = true;
      this.form.dataset.unsaved = "";
      clearTimeout(this.keeping);
      this.keeping = setTimeout(() => this.keep(), KEEP_MS);
      if (this.autosave) this.saveSoon();
    }

    keep() {
      this.stored = window.drafts.keep(this.form);
      if (!this.autosave) {
        if (this.stored) this.say(said.kept.replace("{when}", hour(new Date())));
        else this.say(said.unkept, "error");
      }
    }

    restored(when) {
      this.typedSince = true;
      this.form.dataset.unsaved = "";
      this.say(`${said.restored.replace("{when}", hour(when))} `);
      const discard = document.createElement("button");
      discard.type = "button";
      discard.className = "quiet";
      discard.textContent = said.discard;
      discard.addEventListener("click", () => {
        this.settled();
        leaving = true;
        location.reload();
      });
      this.form.querySelector("[data-kept]").append(discard);
      if (this.autosave) this.saveSoon();
    }

    // Everything that was typed is with the server.
    settled() {
      clearTimeout(this.keeping);
      clearTimeout(this.saveTimer);
      this.typedSince = false;
      delete this.form.dataset.unsaved;
      window.drafts.drop(this.form);
    }

    body(submitter) {
      const body = new FormData(this.form);
      if (submitter?.name) body.append(submitter.name, submitter.value);
      return body;
    }

    // The body without files, which go up by themselves.
    typedOnly() {
      const body = this.body();
      for (const [name, one] of [...body]) if (one instanceof File) body.delete(name);
      return body;
    }

    saveSoon() {
      clearTimeout(this.saveTimer);
      this.saveTimer = setTimeout(() => this.save(), AUTOSAVE_MS);
    }

    // Saves what is typed; what is typed meanwhile is saved after it, so that nobody conflicts with themselves.
    async save() {
      clearTimeout(this.saveTimer);
      if (this.saving) return this.saving;
      this.saving = this.saveNow().finally(() => {
        this.saving = null;
      });
      await this.saving;
      if (this.typedSince && !this.refused && this.form.isConnected) this.saveSoon();
    }

    async saveNow() {
      this.typedSince = false;
      this.refused = false;
      this.say(said.saving);
      const control = new AbortController();
      const answer = await deliver(this, this.autosave, () => this.typedOnly(), control.signal, null);
      if (!answer || !this.form.isConnected) return;
      const words = await answer.text();
      if (!answer.ok) {
        this.refused = true;
        if (isPage(answer)) replaceParts(words);
        else this.say(`${said.notSaved} ${reasonIn(answer, words)}`, "error");
        return;
      }
      replaceParts(words);
      if (!this.typedSince) this.settled();
    }

    async submitted(event) {
      event.preventDefault();
      if (this.sending) return;
      const submitter = event.submitter;
      const control = new AbortController();
      this.sending = control;
      this.form.setAttribute("aria-busy", "true");
      clearTimeout(this.saveTimer);
      clearTimeout(this.keeping);
      this.stored = window.drafts.keep(this.form);
      try {
        await this.saving;
        clearTimeout(this.saveTimer);
        await this.uploads();
        await this.send(submitter, control.signal);
      } finally {
        this.sending = null;
        this.form.removeAttribute("aria-busy");
      }
    }

    // Leads on; a form that belongs to a part of the page has only that part shown anew.
    async goOn(address) {
      const answer = this.part ? await fetch(address).catch(() => null) : null;
      if (!answer?.ok || !replacePart(await answer.text(), this.part)) go(address);
    }

    uploads() {
      if (!("uploading" in this.form.dataset)) return null;
      this.say(said.uploading);
      return new Promise((resolve) => {
        this.form.addEventListener("uploads-done", resolve, { once: true });
      });
    }

    async send(submitter, signal) {
      this.say(said.sending);
      const address =
        submitter?.getAttribute("formaction") || this.form.getAttribute("action") || location.href;
      const answer = await deliver(this, address, () => this.body(submitter), signal, newKey());
      if (!answer) {
        this.say(said.stopped, "error");
        return;
      }
      const words = await answer.text();
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
        this.settled();
        await this.goOn(JSON.parse(words).to);
      } else if (answer.ok) {
        if (!this.part || !replacePart(words, this.part, { restoring: false })) show(words);
      } else {
        this.say(reasonIn(answer, words), "error");
      }
    }
  }

  function isPage(answer) {
    return Boolean(answer.headers.get("Content-Type")?.startsWith("text/html"));
  }

  // Why the server refused, as it says it: in a problem, or in the first words of a page.
  function reasonIn(answer, words) {
    if (!isPage(answer)) {
      try {
        return JSON.parse(words).detail ?? said.broken;
      } catch {
        return said.broken;
      }
    }
    const found = new DOMParser().parseFromString(words, "text/html").querySelector("main, #content");
    return found?.textContent.replace(/\s+/g, " ").trim() || said.broken;
  }

  // Posts until there is an answer that says something: waits for the line, the server and the sign-in.
  // Null where the person went on typing instead.
  async function deliver(kept, address, make, stop, key) {
    for (let tries = 0; ; tries += 1) {
      if (stop.aborted) return null;
      kept.failing = tries > 0;
      const answer = await post(address, make(), key);
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 425) {
        const problem = answer.status === 401 || answer.status === 403 ? await problemOf(answer) : null;
        if (!problem) {
          kept.failing = false;
          if (answer.ok) window.signIn.seen();
          return answer;
        }
        const again = problem.type.endsWith(":form_token") && tries < 3 && (await window.signIn.renew());
        if (again) continue;
        kept.say(said.ended, "error");
        await window.signIn.comeBack(problem.at, problem.at && problem.detail, problem.at && said.asideText);
        kept.say(said.saving);
        continue;
      }
      kept.say(key ? said.notSent : said.retrying, "error");
      await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
    }
  }

  async function post(address, body, key) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE_MS);
    try {
      const headers = key ? { "X-Form-Key": key } : { "X-Requested-With": "XMLHttpRequest" };
      return await fetch(address, { method: "POST", body, headers, signal: control.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  // The problem that another step of the person solves; null where the refusal is about the form itself.
  async function problemOf(answer) {
    if (!answer.headers.get("Content-Type")?.startsWith("application/problem+json")) return null;
    const problem = await answer.clone().json();
    return /:(sign_in|step|form_token)$/.test(problem.type) ? problem : null;
  }

  function go(address) {
    leaving = true;
    const to = new URL(address, location.href);
    const here = to.pathname === location.pathname && to.search === location.search;
    if (here && to.hash) location.hash = to.hash;
    if (here) location.reload();
    else location.assign(to.href);
  }

  // Puts parts of an answer in place of those with the same id.
  function replaceParts(words) {
    const fresh = new DOMParser().parseFromString(words, "text/html");
    for (const part of fresh.querySelectorAll("[id]")) {
      if (part.parentElement?.closest("[id]")) continue;
      document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
    }
  }

  // Puts one part of an answer in place of the same part here; false where the answer has none.
  function replacePart(words, id, how) {
    const part = new DOMParser().parseFromString(words, "text/html").getElementById(id);
    if (!part) return false;
    document.getElementById(id).replaceWith(document.adoptNode(part));
    document.dispatchEvent(new CustomEvent("content-swapped"));
    attach(how);
    return true;
  }

  // Shows a page that the server answered in place of this one: the form with its reasons, and all that was typed.
  function show(words) {
    const fresh = new DOMParser().parseFromString(words, "text/html");
    const by = SHOWN_BY.find((one) => document.querySelector(one) && fresh.querySelector(one));
    if (!by) return;
    const part = document.adoptNode(fresh.querySelector(by));
    document.querySelector(by).replaceWith(part);
    document.title = fresh.title;
    document.dispatchEvent(new CustomEvent("content-swapped"));
    attach({ restoring: false });
    const first = part.querySelector('[role="alert"], .wrong, h1');
    first?.setAttribute("tabindex", "-1");
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }

  function all() {
    return [...document.forms].map((form) => known.get(form)).filter(Boolean);
  }

  // Looks after the forms of the page that are not looked after yet; what was kept of them is filled in.
  function attach({ restoring = true } = {}) {
    for (const form of document.forms) {
      if (isOurs(form) && !known.has(form)) known.set(form, new KeptForm(form, restoring));
    }
  }

  // On leaving: what is typed is kept here, and goes to the server where it saves drafts.
  function flush() {
    for (const kept of all()) {
      if (leaving || !kept.unsaved) continue;
      window.drafts.keep(kept.form);
      if (kept.autosave && !kept.saving) navigator.sendBeacon(kept.autosave, kept.typedOnly());
    }
  }

  window.addEventListener("beforeunload", (event) => {
    if (leaving) return;
    if (!all().some((kept) => kept.mustStay)) return;
    event.preventDefault();
    event.returnValue = "";
  });
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => attach());
  else attach();
})();
