// The review desk by keyboard: 1, 2, 3 choose the finding, J and K go on and back, R goes to the reasons, Esc leaves them.
"use strict";

const reason = document.getElementById("reason");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.activeElement.blur();
  if (event.target instanceof HTMLTextAreaElement) return;
  const key = event.key.toLowerCase();
  const choice = document.querySelectorAll(".finding-switch input")["123".indexOf(key)];
  const way = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
  if (choice) {
    choice.click();
    if (choice.value !== "met" && !reason.value.trim()) reason.focus();
  } else if (key === "r" && reason) {
    event.preventDefault();
    reason.focus();
  } else if (way) {
    way.click();
  }
});

for (const link of document.querySelectorAll('.shown a[target="shown"]')) {
  link.addEventListener("click", () => {
    document.querySelector(".shown a[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
}

document.querySelector('.list a[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
