// Says on a page that is open across midnight that the due date of its form has passed. The server's clock counts: the page
// says what it was and until when the form is accepted.
"use strict";

(() => {
  const EACH_MS = 1000;
  const watched = new Map();

  // Starts to watch what is new on the page.
  function attach() {
    for (const said of document.querySelectorAll("[data-until]")) {
      if (!watched.has(said)) watched.set(said, { day: Date.now(), run: performance.now() });
    }
  }

  // The time since the page was loaded: the longer of two clocks, one of which stands still while a computer sleeps and the
  // other of which people can set.
  function passed(since) {
    return Math.max(Date.now() - since.day, performance.now() - since.run);
  }

  function look() {
    for (const [said, since] of watched) {
      if (!said.hidden || Number(said.dataset.now) + passed(since) < Number(said.dataset.until)) continue;
      said.hidden = false;
      const form = said.closest("form");
      if (form) window.drafts?.keep(form);
      watched.delete(said);
    }
  }

  document.addEventListener("content-swapped", attach);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("DOMContentLoaded", () => {
    attach();
    setInterval(look, EACH_MS);
  });
})();
