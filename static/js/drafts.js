// Drafts of forms, kept in this browser until they are sent: by person and address, without passwords and without
// declarations (data-anew), which a person makes when they send the form. Of selected files, which the server keeps, a
// draft has the tokens; upload.js brings the files named in data-files-before back into the form.
"use strict";

(() => {
  const person = document.querySelector('meta[name="keeping"]')?.dataset.person;
  const DAYS_KEPT = 14;
  const OF_EVERYBODY = "draft:";
  const OF_PAGE = ["version", "page"]; // hidden fields that tell the server on what the input is based
  const LEFT_OUT = ["hidden", "password", "file", "submit", "button", "image", "reset"];

  function fields(form) {
    return [...form.elements].filter(
      (field) =>
        field.name &&
        !field.disabled &&
        !LEFT_OUT.includes(field.type) &&
        !("anew" in field.dataset) &&
        field.tagName !== "FIELDSET",
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

  // Returns the fields by name, and by value if several share a name.
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
    const files = filesBefore(form).map((one) => [`${one}#1`, true]);
    return Object.fromEntries([...files, ...names(form).map(([name, field]) => [name, value(field)])]);
  }

  // Returns the files of a draft that upload.js still brings back into the form: field name and token.
  function filesBefore(form) {
    return (form.dataset.filesBefore ?? "").split(" ").filter(Boolean);
  }

  function filesMissing(form, draft) {
    const shown = names(form).map(([name]) => name);
    return Object.entries(draft.fields)
      .filter(([name, kept]) => /-chosen=/.test(name) && kept && !shown.includes(name))
      .map(([name]) => name.replace(/#1$/, ""));
  }

  function load(place) {
    try {
      return JSON.parse(localStorage.getItem(place));
    } catch {
      return null;
    }
  }

  // Stores the input of a form; returns false if the browser stores nothing.
  function keep(form) {
    try {
      const based = OF_PAGE.map((name) => [name, form.elements[name]?.value]).filter(([, known]) => known);
      const draft = { at: Date.now(), based: Object.fromEntries(based), fields: read(form) };
      localStorage.setItem(key(form), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function drop(form) {
    try {
      localStorage.removeItem(key(form));
    } catch {
      // nothing is stored
    }
  }

  // Restores the stored input of a form; returns when it was stored, or null if the page has the same values.
  function restore(form) {
    const draft = load(key(form));
    if (!draft) return null;
    const differing = names(form).filter(
      ([name, field]) =>
        name in draft.fields && JSON.stringify(draft.fields[name]) !== JSON.stringify(value(field)),
    );
    const files = filesMissing(form, draft);
    if (!differing.length && !files.length) {
      drop(form);
      return null;
    }
    form.dataset.filesBefore = files.join(" ");
    for (const [name, field] of differing) fill(field, draft.fields[name]);
    for (const [name, known] of Object.entries(draft.based ?? {})) {
      if (form.elements[name]) form.elements[name].value = known;
    }
    return new Date(draft.at);
  }

  function dropAll(which) {
    try {
      for (const place of Object.keys(localStorage)) {
        if (place.startsWith(OF_EVERYBODY) && which(place)) localStorage.removeItem(place);
      }
    } catch {
      // nothing is stored
    }
  }

  function dropOld() {
    const since = Date.now() - DAYS_KEPT * 86_400_000;
    dropAll((place) => !(load(place)?.at > since));
  }

  if (!person) return;
  dropOld();
  document.addEventListener("submit", (event) => {
    if (!/logout/.test(event.target.action)) return;
    dropAll((place) => place.startsWith(`${OF_EVERYBODY}${person}:`));
    sessionStorage.clear(); // the drafts of the review desk
  });
  window.drafts = { keep, drop, restore };
})();
