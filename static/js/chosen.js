// Rows of the files selected in a form: progress, removal and undoing it, repeated files.

export const find = (box) => box.querySelector(".words").dataset;

function button(words, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = words;
  made.setAttribute("aria-label", `${words} ${name}`);
  return made;
}

// Creates the row of a file that is being uploaded.
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

// Adds a button to each row that removes it, or restores it until the form is submitted.
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
      tellForm(tick);
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

// Tells the form that its files changed, so that its draft has them.
function tellForm(tick) {
  tick.dispatchEvent(new Event("input", { bubbles: true }));
}

function rowIn(given) {
  return new DOMParser().parseFromString(given.row, "text/html").querySelector(".file");
}

function put(box, row) {
  box.querySelector(".chosen").append(document.adoptNode(row));
  dress(box);
  tellForm(row.querySelector(".submitted input"));
}

// Brings the files back that were selected in the form before the page was loaded again. Without a line it tries again
// when there is one; a file that is kept no longer is said.
export async function bringBack(form) {
  const files = (form.dataset.filesBefore ?? "").split(" ").filter(Boolean);
  const waiting = [];
  for (const file of files) {
    const [name, token] = file.split("-chosen=");
    const box = [...form.querySelectorAll(".chooser")].find((one) => one.dataset.name === name);
    if (!box || box.querySelector(`.chosen [value="${CSS.escape(token)}"]`)) continue;
    const answer = await fetch(`${box.dataset.address}${token}/?name=${name}`).catch(() => null);
    if (answer?.ok) put(box, rowIn(await answer.json()));
    else if (answer?.status === 404) refuse(line(box, ""), find(box).gone);
    else waiting.push(file);
  }
  form.dataset.filesBefore = waiting.join(" ");
  if (waiting.length) window.addEventListener("online", () => bringBack(form), { once: true });
}

// Shows the server's answer about a stored file: its row in the form, or the updated parts of the page.
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
  const fresh = rowIn(given);
  if (given.note) {
    const note = document.createElement("span");
    note.className = "muted";
    note.textContent = given.note;
    fresh.append(note);
  }
  put(box, fresh);
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

// Removed files are discarded when the form is submitted, not before.
export function takeBack(form) {
  for (const tick of form.querySelectorAll(".chosen .removed .submitted input")) {
    forget(tick.closest(".chooser"), tick.value);
    tick.closest(".file").remove();
  }
}
