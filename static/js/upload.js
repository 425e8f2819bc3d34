// Documents go to the server as they are chosen or dropped, one after the other, each with its progress; without this
// script they go with the form. What is refused says why at its name, and nothing else that was typed is touched.
"use strict";

const box = document.getElementById("upload");
const input = box?.querySelector('input[type="file"]');
const form = box?.closest("form");
const waiting = [];
let busy = false;

function line(file) {
  const row = document.createElement("div");
  row.className = "file";
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const said = document.createElement("span");
  said.className = "muted";
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "quiet";
  stop.textContent = box.dataset.cancel;
  row.append(name, bar, said, stop);
  document.getElementById("uploads").append(row);
  return { row, bar, said, stop };
}

function refuse(shown, reason) {
  shown.bar.remove();
  shown.stop.remove();
  shown.said.className = "error";
  shown.said.textContent = reason;
}

function field(name) {
  return box.querySelector(`[name="${name}"]`);
}

function refresh(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["evidence-list", "lacking"]) {
    document.getElementById(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
  }
  const replaces = field("replaces");
  document.getElementById("replaces").hidden = false;
  while (replaces.options.length > 1) replaces.remove(1);
  for (const item of document.querySelectorAll("#evidence-list [data-pk]")) {
    replaces.add(new Option(item.dataset.name, item.dataset.pk));
  }
}

function send(file, shown) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector('[name="csrfmiddlewaretoken"]').value);
  body.append("file", file);
  for (const name of ["replaces", "issued_on", "expires_on"]) body.append(name, field(name)?.value ?? "");
  const request = new XMLHttpRequest();
  request.open("POST", box.dataset.address);
  request.upload.addEventListener("progress", (event) => {
    const percent = Math.round((100 * event.loaded) / event.total);
    shown.bar.value = percent;
    shown.said.textContent = `${percent} %`;
  });
  request.addEventListener("load", () => {
    if (request.status === 200) {
      refresh(request.responseText);
      shown.row.remove();
    } else {
      refuse(shown, request.status === 422 ? request.responseText : box.dataset.broken);
    }
  });
  request.addEventListener("error", () => refuse(shown, box.dataset.broken));
  request.addEventListener("abort", () => shown.row.remove());
  request.addEventListener("loadend", () => {
    busy = false;
    next();
  });
  shown.stop.addEventListener("click", () => request.abort());
  request.send(body);
}

function next() {
  if (busy) return;
  if (!waiting.length) {
    delete form.dataset.uploading;
    form.dispatchEvent(new CustomEvent("uploads-done"));
    return;
  }
  form.dataset.uploading = "";
  const [file, shown] = waiting.shift();
  if (!shown.row.isConnected) {
    next();
    return;
  }
  busy = true;
  send(file, shown);
}

function take(files) {
  for (const file of files) {
    const shown = line(file);
    if (file.size > Number(box.dataset.limit)) {
      refuse(shown, `${file.name} ${box.dataset.tooLarge}`);
      continue;
    }
    shown.stop.addEventListener("click", () => shown.row.remove());
    waiting.push([file, shown]);
  }
  next();
}

if (input) {
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    take([...input.files]);
    input.value = "";
  });
  input.addEventListener("input", (event) => event.stopPropagation());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.toggle("dragged", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files]);
    });
  }
}
