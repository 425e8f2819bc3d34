// Keys of the review desk; the dialog #keys lists them. In a field only Esc acts, which leaves it, and no key acts
// while an input method composes, so that keys neither write nor mark by accident.
const desk = document.querySelector(".review");
const help = document.getElementById("keys");
const PICTURE = { "+": "in", "=": "in", "-": "out", _: "out", 0: "fit", t: "turn", T: "back" };

const shown = () => document.getElementById(`criterion-${desk.dataset.number}`);
const isField = (target) =>
  target.isContentEditable ||
  target.matches('textarea, select, input:not([type="radio"]):not([type="checkbox"])');

function mark(place) {
  const choice = shown().querySelectorAll(".finding-switch input")[place];
  if (!choice) return;
  choice.click();
  const reason = choice.form.elements.reason;
  if ("needsReason" in choice.dataset && !reason.value.trim()) reason.focus();
}

function act(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ("123".includes(key)) return mark("123".indexOf(key));
  if (key === "r") return shown().querySelector('[data-kept-by="review"] textarea')?.focus();
  if (key === "j" || key === "k") return shown().querySelector(`a[data-key="${key}"]`)?.click();
  if (key === "n") return document.dispatchEvent(new CustomEvent("review:file"));
  if (key === "?") return help.showModal();
  return document.dispatchEvent(new CustomEvent("review:picture", { detail: PICTURE[event.key] }));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || help.open) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (isField(event.target)) shown().querySelector("h2").focus();
    return;
  }
  if (isField(event.target)) return;
  if (!"123rjkn?".includes(event.key.toLowerCase()) && !(event.key in PICTURE)) return;
  event.preventDefault();
  if (!event.repeat || !"123".includes(event.key)) act(event);
});
document.querySelector("[data-keys]").addEventListener("click", () => help.showModal());
