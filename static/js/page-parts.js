// Replaces parts of the page, or the page, by what the server answered; shows the state of a form; knows whether the page is being left.
"use strict";

(() => {
  const SHOWN_BY = [".frame", "main", "#content"]; // the part that a refused page replaces, the widest first

  function hour(moment) {
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
  }

  // Shows the state of a form in its place for messages.
  function showState(form, words, tone = "muted") {
    let place = form.querySelector("[data-kept]");
    if (!place) {
      place = document.createElement("span");
      place.dataset.kept = "";
      place.setAttribute("role", "status");
      (form.querySelector(".buttons") ?? form).append(place);
    }
    place.className = `small kept ${tone}`;
    place.textContent = words;
  }

  function go(address) {
    window.pageParts.leaving = true;
    const to = new URL(address, location.href);
    const here = to.pathname === location.pathname && to.search === location.search;
    if (here && to.hash) location.hash = to.hash;
    if (here) location.reload();
    else location.assign(to.href);
  }

  // Replaces parts of the page by the parts of an answer with the same id.
  function replaceParts(words) {
    const fresh = new DOMParser().parseFromString(words, "text/html");
    for (const part of fresh.querySelectorAll("[id]")) {
      if (part.parentElement?.closest("[id]")) continue;
      document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
    }
  }

  // Replaces one part of the page by that of an answer; returns false if the answer has none.
  function replacePart(words, id, how) {
    const part = new DOMParser().parseFromString(words, "text/html").getElementById(id);
    if (!part) return false;
    document.getElementById(id).replaceWith(document.adoptNode(part));
    document.dispatchEvent(new CustomEvent("content-swapped"));
    window.keptForms.attach(how);
    return true;
  }

  // Replaces this page by the answered page: the form with its reasons and all input.
  function show(words) {
    const fresh = new DOMParser().parseFromString(words, "text/html");
    const by = SHOWN_BY.find((one) => document.querySelector(one) && fresh.querySelector(one));
    if (!by) return;
    const part = document.adoptNode(fresh.querySelector(by));
    document.querySelector(by).replaceWith(part);
    document.title = fresh.title;
    document.dispatchEvent(new CustomEvent("content-swapped"));
    window.keptForms.attach({ restoring: false });
    const first = part.querySelector('[role="alert"], .wrong, h1');
    first?.setAttribute("tabindex", "-1");
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }

  window.pageParts = { go, hour, leaving: false, replacePart, replaceParts, show, showState };
})();
