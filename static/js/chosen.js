// The rows of files that are chosen in a form: their progress, their removal and its undoing, the same file twice.

export const find = (box) => box.querySelector(".words").dataset;

function button(words, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = words;
  made.setAttribute("aria-label", `${words} ${name}`);
  return made;
}

// A row for a file on its way.
export function line(box, name) {
  const row = document.createElement("div");
  row.className = "file";
  const named = document.createElement("span");
  named.className = "named";
  named.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  const said = document.createElement("span");
  said.className = "muted";
  const stop = button(find(box).cancel, name);
  row.append(named, bar, said, stop);
  box.querySelector(".uploads").append(row);
  return { row, bar, said, stop };
}

export function refuse(shown, reason) {
  const named = shown.row.querySelector(".named");
  if (reason.includes(named.textContent)) named.remove();
  shown.bar.remove();
  shown.stop.textContent = find(shown.row.closest(".chooser")).remove;
  shown.said.className = "error";
  shown.said.textContent = reason;
}

// Gives each row a button that removes it, or brings it back until the form is submitted.
export function dress(place) {
  for (const tick of place.querySelectorAll(".chosen .submitted input")) {
    const row = tick.closest(".file");
    if (row.querySelector("button")) continue;
    const words = find(row.closest(".chooser"));
    const name = row.querySelector(".named").textContent.trim();
    const remove = button(words.remove, name);
    remove.addEventListener("click", () => {
      tick.checked = !tick.checked;
      mark(row, tick, remove, words);
    });
    tick.closest(".submitted").hidden = true;
    row.append(remove);
  }
}

function mark(row, tick, remove, words) {
  row.classList.toggle("removed", !tick.checked);
  remove.textContent = tick.checked ? words.remove : words.undo;
  remove.setAttribute(
    "aria-label",
    `${remove.textContent} ${row.querySelector(".named").textContent.trim()}`,
  );
}

// What the server said of a file that it keeps: its row of the form, or parts of the page as they are now.
export function insert(box, given, shown) {
  if (given.parts) {
    replaceParts(given.parts);
    shown.row.remove();
    return;
  }
  const known = [...box.querySelectorAll(".chosen .file:not(.removed)")];
  if (known.some((row) => row.dataset.sha256 === given.sha256)) {
    refuse(shown, find(box).same);
    forget(box, given.token);
    return;
  }
  if (!("many" in box.dataset)) {
    for (const row of known) row.querySelector("button").click();
  }
  const fresh = new DOMParser().parseFromString(given.row, "text/html").querySelector(".file");
  if (given.note) {
    const note = document.createElement("span");
    note.className = "muted";
    note.textContent = given.note;
    fresh.append(note);
  }
  box.querySelector(".chosen").append(document.adoptNode(fresh));
  dress(box);
  shown.row.remove();
}

function replaceParts(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of [...fresh.body.children]) {
    const old = part.id && document.getElementById(part.id);
    if (!old) continue;
    for (const typed of old.querySelectorAll("input:not([type=hidden])")) {
      const same = part.querySelector(`[name="${CSS.escape(typed.name)}"]`);
      if (same) same.value = typed.value;
    }
    old.replaceWith(document.adoptNode(part));
  }
}

function forget(box, token) {
  const form = box.closest("form");
  const headers = { "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value };
  fetch(`${box.dataset.address}${token}/`, { method: "DELETE", headers, keepalive: true });
}

// What was removed is forgotten when the form is submitted, and not before.
export function takeBack(form) {
  for (const tick of form.querySelectorAll(".chosen .removed .submitted input")) {
    forget(tick.closest(".chooser"), tick.value);
    tick.closest(".file").remove();
  }
}
