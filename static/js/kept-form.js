// One form whose input is kept: stores it in the browser, saves it while the person types, sends it, and shows its state
// in words. data-autosave is the address that saves while the person types; data-part is the id of the part of the page
// that the form belongs to.
"use strict";

(() => {
  const said = document.querySelector('meta[name="keeping"]')?.dataset;
  if (!said?.person) return;
  const AUTOSAVE_MS = 1500;
  const KEEP_MS = 300;
  const { deliver, isPage, newKey, reasonIn } = window.delivery;
  const { go, hour, replacePart, replaceParts, show, showState } = window.pageParts;

  class KeptForm {
    constructor(form, restoring) {
      this.form = form;
      this.autosave = form.dataset.autosave;
      this.part = form.dataset.part; // the id of the part of the page that the form belongs to
      this.typedSince = false; // there is input since the last save
      this.stored = true; // the browser has stored the input
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

    // Whether leaving could lose input: it is being sent, or neither server nor browser has stored it.
    get mustStay() {
      const failing = this.failing || this.refused || !navigator.onLine;
      return Boolean(this.sending) || (this.unsaved && (!this.stored || (Boolean(this.autosave) && failing)));
    }

    say(words, tone) {
      showState(this.form, words, tone);
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
        window.pageParts.leaving = true;
        location.reload();
      });
      this.form.querySelector("[data-kept]").append(discard);
      if (this.autosave) this.saveSoon();
    }

    // The server has all input.
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

    // Returns the body without files, which are uploaded separately.
    typedOnly() {
      const body = this.body();
      for (const [name, one] of [...body]) if (one instanceof File) body.delete(name);
      return body;
    }

    saveSoon() {
      clearTimeout(this.saveTimer);
      this.saveTimer = setTimeout(() => this.save(), AUTOSAVE_MS);
    }

    // Saves the input; later input is saved afterwards, so that a person has no conflict with their own save.
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

    // Opens the next page; for a form that belongs to a part of the page, only that part is updated.
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

  window.KeptForm = KeptForm;
})();
