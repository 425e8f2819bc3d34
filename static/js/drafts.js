// Drafts of forms, kept in this browser until they are sent: by person and address, without passwords and files.
"use strict";

(() => {
  const person = document.querySelector('meta[name="keeping"]')?.dataset.person;
  const DAYS_KEPT = 14;
  const OF_EVERYBODY = "draft:";
  const LEFT_OUT = ["hidden", "password", "file", "submit", "button", "image", "reset"];

  function fields(form) {
    return [...form.elements].filter(
      (field) =>
        field.name && !field.disabled && !LEFT_OUT.includes(field.type) && field.tagName !== "FIELDSET",
    );
  }

  function value(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.multiple) return [...field.selectedOptions].map((option) => option.value);
    return field.value;
  }

  function fill(field, kept) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept;
    else if (field.multiple)
      for (const option of field.options) option.selected = kept.includes(option.value);
    else field.value = kept;
  }

  // The fields by name, and by value where several have one name.
  function names(form) {
    const seen = new Map();
    return fields(form).map((field) => {
      const choice = field.type === "checkbox" || field.type === "radio" ? `=${field.value}` : "";
      const name = `${field.name}${choice}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return [`${name}#${seen.get(name)}`, field];
    });
  }

  function key(form) {
    const address = form.getAttribute("action") || location.pathname;
    const alike = [...document.forms].filter(
      (other) => (other.getAttribute("action") || location.pathname) === address,
    );
    return `${OF_EVERYBODY}${person}:${address}:${alike.indexOf(form)}`;
  }

  function read(form) {
    return Object.fromEntries(names(form).map(([name, field]) => [name, value(field)]));
  }

  function load(place) {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  }

  // Keeps what a form holds; false where the browser keeps nothing.
  function keep(form) {
    try {
      const version = form.elements.version?.value ?? null;
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), version, fields: read(form) }));
      return true;
    } catch {
      return false;
    }
  }

  function drop(form) {
    try {
      localStorage.removeItem(key(form));
    } catch {
      // nothing was kept
    }
  }

  // Fills a form with what was kept of it; gives when that was, or null where the page says the same already.
  function restore(form) {
    const draft = load(key(form));
    if (!draft) return null;
    const differing = names(form).filter(
      ([name, field]) =>
        name in draft.fields && JSON.stringify(draft.fields[name]) !== JSON.stringify(value(field)),
    );
    if (!differing.length) {
      drop(form);
      return null;
    }
    for (const [name, field] of differing) fill(field, draft.fields[name]);
    if (draft.version !== null && form.elements.version) form.elements.version.value = draft.version;
    return new Date(draft.at);
  }

  function dropAll(which) {
    try {
      for (const place of Object.keys(localStorage)) {
        if (place.startsWith(OF_EVERYBODY) && which(place)) localStorage.removeItem(place);
      }
    } catch {
      // nothing was kept
    }
  }

  function dropOld() {
    const since = Date.now() - DAYS_KEPT * 86_400_000;
    dropAll((place) => !(load(place)?.at > since));
  }

  if (!person) return;
  dropOld();
  document.addEventListener("submit", (event) => {
    if (/logout/.test(event.target.action)) dropAll((place) => place.startsWith(`${OF_EVERYBODY}${person}:`));
  });
  window.drafts = { keep, drop, restore };
})();
