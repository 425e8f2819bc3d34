// The table of a year's results: shows the grade of a score as it is typed; Enter moves down the column.
"use strict";

(() => {
  function gradeOf(text, bands) {
    const typed = text.trim().normalize("NFKC");
    const score = Number(typed);
    if (!typed || Number.isNaN(score) || score < 0 || score > 100) return "";
    return bands.find((band) => score >= Number(band.from))?.grade ?? "";
  }

  function show(field) {
    const table = field.closest("table.results");
    const place = field.closest("tr").querySelector("output");
    place.textContent = gradeOf(field.value, JSON.parse(table.dataset.bands));
  }

  function scores() {
    return [...document.querySelectorAll('table.results [data-column="score"]')];
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches('table.results [data-column="score"]')) show(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!event.target.matches('table.results [data-column="score"]')) return;
    event.preventDefault();
    const all = scores();
    const next = all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      next.select();
    }
  });
  // After the script that keeps forms has filled in what was typed before.
  window.addEventListener("load", () => scores().forEach(show));
  document.addEventListener("content-swapped", () => scores().forEach(show));
})();
