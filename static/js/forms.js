// Stores the input of a form and sends it without leaving the page, so that nothing is lost if the connection, the
// server or the sign-in fails. Forms with passwords, with hx-post, with data-plain or with data-kept-by are excluded.
// kept-form.js is one form, delivery.js sends, page-parts.js shows the answer.
"use strict";

(() => {
  if (!document.querySelector('meta[name="keeping"]')?.dataset.person) return;
  const TYPED = [
    "textarea, select, input:not([type])",
    ...["text", "email", "number", "date", "search", "tel", "url", "file", "checkbox", "radio"].map(
      (type) => `input[type="${type}"]`,
    ),
  ].join(", ");
  const LEFT_ALONE = "[data-plain], [hx-post], [data-kept-by], [method=dialog]";
  const known = new WeakMap();

  function isOurs(form) {
    if (form.getAttribute("method")?.toLowerCase() !== "post" || form.matches(LEFT_ALONE)) return false;
    if (form.querySelector('[type="password"]')) return false;
    return [...form.querySelectorAll(TYPED)].some((field) => !field.disabled && !field.hidden);
  }

  function all() {
    return [...document.forms].map((form) => known.get(form)).filter(Boolean);
  }

  // Attaches to the new forms of the page, and restores their stored input.
  function attach({ restoring = true } = {}) {
    for (const form of document.forms) {
      if (isOurs(form) && !known.has(form)) known.set(form, new window.KeptForm(form, restoring));
    }
  }

  // On leaving, stores the input, and sends it to the server if the form has autosave.
  function flush() {
    for (const kept of all()) {
      if (window.pageParts.leaving || !kept.unsaved) continue;
      window.drafts.keep(kept.form);
      if (kept.autosave && !kept.saving) navigator.sendBeacon(kept.autosave, kept.typedOnly());
    }
  }

  window.addEventListener("beforeunload", (event) => {
    if (window.pageParts.leaving) return;
    if (!all().some((kept) => kept.mustStay)) return;
    event.preventDefault();
    event.returnValue = "";
  });
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  window.keptForms = { attach };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => attach());
  else attach();
})();
