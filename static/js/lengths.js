// Says under a field that its text is longer than the form takes (data-most); nothing is cut off. Line breaks count as two
// characters, as browsers send them.
"use strict";

(() => {
  const words = document.querySelector('meta[name="keeping"]')?.dataset.tooLong;
  if (!words) return;

  function length(text) {
    return [...text.replace(/\r?\n/g, "\r\n")].length;
  }

  function placeOf(field) {
    const next = field.nextElementSibling;
    return next?.matches("[data-too-long]") ? next : null;
  }

  function look(field) {
    const given = length(field.value);
    const place = placeOf(field);
    if (given <= Number(field.dataset.most)) {
      place?.remove();
      return;
    }
    const said = place ?? document.createElement("div");
    said.dataset.tooLong = "";
    said.className = "error";
    said.setAttribute("role", "status");
    said.textContent = words.replace("{given}", given).replace("{most}", field.dataset.most);
    if (!place) field.after(said);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-most]")) look(event.target);
  });
})();
