// Goes from criterion to criterion of the review desk without loading a page: criterion, files, list, address and focus
// move at once. Colleagues are told which criterion is open.
const desk = document.querySelector(".review");
const presence = document.getElementById("presence");
const EVERY = 20_000; // milliseconds

function go(number) {
  const target = document.getElementById(`criterion-${number}`);
  if (!target || number === desk.dataset.number) return;
  desk.dataset.number = number;
  for (const part of document.querySelectorAll(".criterion, .files"))
    part.hidden = part.dataset.number !== number;
  document.querySelector(".list [aria-current]")?.removeAttribute("aria-current");
  const item = document.getElementById(`item-${number}`);
  item.setAttribute("aria-current", "page");
  item.scrollIntoView({ block: "nearest" });
  document.getElementById("main").scrollTop = 0;
  document.getElementById(`heading-${number}`).focus();
  document.title = `${number} · ${desk.dataset.case}`;
  history.replaceState(null, "", item.href);
  document.dispatchEvent(new CustomEvent("review:shown", { detail: number }));
  tell();
}

async function tell() {
  const token = document.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  if (!token) return;
  const number = desk.dataset.number;
  const headers = { "X-CSRFToken": token, "X-Unattended": "1" };
  const item = document.getElementById(`item-${number}`);
  try {
    const answer = await fetch(`${item.href}presence/`, { method: "POST", headers, redirect: "manual" });
    if (!answer.ok || number !== desk.dataset.number) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    presence.replaceChildren(...told.body.childNodes);
  } catch {
    // Who else is here is not known without a connection; it is asked again.
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.dataset.go);
});
document.querySelector('.list [aria-current="page"]')?.scrollIntoView({ block: "nearest" });
tell();
setInterval(tell, EVERY);
