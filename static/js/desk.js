// The desk's keys: Ctrl-K opens the palette, "/" goes to the list's search, J and K move through rows, Enter
// opens the row. Without this script the search is a page, and rows are links.
(() => {
  const palette = document.getElementById("palette");
  const input = palette.querySelector("input");
  const found = palette.querySelector(".palette-found");
  const form = palette.querySelector("form");
  let asked = 0;
  let pause;

  const linksFound = () => [...found.querySelectorAll("a")];

  function open(text) {
    if (palette.open) return;
    palette.showModal();
    if (text) input.value = text;
    input.select();
    look();
  }

  async function look() {
    const number = ++asked;
    const address = `${form.action}?${new URLSearchParams({ q: input.value })}`;
    const answer = await fetch(address, { headers: { "X-Palette": "1" } }).catch(() => null);
    if (number !== asked || !answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number === asked) found.replaceChildren(...page.body.childNodes);
  }

  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, 150);
  });
  form.addEventListener("submit", (event) => {
    const first = linksFound()[0];
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  palette.querySelector("[data-close]").addEventListener("click", () => palette.close());
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  palette.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops = [input, ...linksFound()];
    const now = stops.indexOf(document.activeElement);
    const next = now + (event.key === "ArrowDown" ? 1 : -1);
    stops[(next + stops.length) % stops.length].focus();
  });

  const field = document.querySelector(".find input");
  field?.addEventListener("click", () => open(field.value));

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row]")];

  function move(by) {
    const all = rows();
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
    next?.querySelector("a")?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("");
      return;
    }
    if (event.ctrlKey || event.metaKey || typing(event.target) || palette.open) return;
    if (event.key === "/") {
      event.preventDefault();
      const search = document.querySelector("[data-list-search]");
      if (search) search.focus();
      else open("");
    } else if (event.key === "j" || event.key === "J") {
      move(1);
    } else if (event.key === "k" || event.key === "K") {
      move(-1);
    }
  });

  // The checkbox in the heading selects every row.
  const all = document.querySelector("[data-pick-all]");
  all?.addEventListener("change", () => {
    for (const box of document.querySelectorAll("[data-row] [name=pk]")) box.checked = all.checked;
  });

  // What can be done with selected rows is shown once there are some; without this script always.
  const list = document.querySelector(".list-form");
  const showBulk = () => list?.classList.toggle("none-picked", !list.querySelector("tbody input:checked"));
  list?.addEventListener("change", showBulk);
  window.addEventListener("pageshow", showBulk);
  showBulk();

  // Before Chrome 114 there is no popover: then this shows and hides the menu of narrow screens.
  const rail = document.getElementById("rail");
  const toggle = document.querySelector(".rail-toggle");

  function showRail(open) {
    rail.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
  }

  if (!("popover" in rail)) {
    showRail(false);
    document.addEventListener("click", ({ target }) => {
      if (!rail.contains(target)) showRail(toggle.contains(target) && !rail.classList.contains("open"));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") showRail(false);
    });
  }

  // After return from a case its row has the focus again.
  window.addEventListener("load", () => {
    const returned = location.hash.startsWith("#row-") && document.getElementById(location.hash.slice(1));
    if (returned) setTimeout(() => returned.querySelector("a")?.focus());
  });
})();
