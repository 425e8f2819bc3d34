// Uploads files when they are selected or dropped, one by one, each with its progress; without this script they are
// sent with the form. A form with running uploads has `data-uploading`; "uploads-done" is dispatched on it afterwards.
import { bringBack, dress, find, insert, line, refuse, takeBack } from "./chosen.js";
import { drop, keep, keptFor } from "./unsent.js";

const PAUSES = [2, 4, 8, 16, 30]; // seconds before the next try
const queues = new WeakMap(); // form → { waiting, running, pressed }

function queueOf(form) {
  if (!queues.has(form)) queues.set(form, { waiting: [], running: null, pressed: null });
  return queues.get(form);
}

function body(box, file) {
  const form = box.closest("form");
  const given = new FormData();
  given.append("csrfmiddlewaretoken", form.querySelector('[name="csrfmiddlewaretoken"]').value);
  given.append("name", box.dataset.name);
  for (const name of box.dataset.sentWith.split(" ").filter(Boolean)) {
    given.append(name, form.elements[name]?.value ?? "");
  }
  given.append("file", file);
  return given;
}

function answer(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

// Tries once; resolves with an answer, or a reason to wait and retry.
function attempt(job) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    job.stop = () => request.abort();
    request.open("POST", job.box.dataset.address);
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.round((100 * event.loaded) / event.total);
      job.shown.bar.value = percent;
      job.shown.said.textContent = `${percent} %`;
    });
    request.addEventListener("load", () => {
      const asked = new URL(job.box.dataset.address, location.href).href;
      const led = request.responseURL && request.responseURL !== asked; // to the page for signing in
      const again = request.status >= 500 || request.status === 429;
      const given = answer(request);
      const stale = Boolean(given?.type?.endsWith(":form_token"));
      if (request.status === 401 || led || stale || given?.at) resolve({ ended: true, stale, given });
      else resolve(again ? { again } : { status: request.status, given });
    });
    request.addEventListener("error", () => resolve({ again: true }));
    request.addEventListener("abort", () => resolve({ stopped: true }));
    request.send(body(job.box, job.file));
  });
}

function pause(job, seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    job.stop = () => {
      clearTimeout(timer);
      resolve();
    };
    window.addEventListener("online", resolve, { once: true });
  });
}

function signedInAgain(job) {
  return new Promise((resolve) => {
    job.stop = resolve;
    document.addEventListener("signed-in-again", resolve, { once: true });
  });
}

async function send(job) {
  for (let tries = 0; !job.cancelled; tries += 1) {
    const came = await attempt(job);
    if (job.cancelled || came.stopped) return;
    if (came.ended) {
      if (came.stale && tries < PAUSES.length && (await window.signIn?.renew())) continue;
      job.shown.said.textContent = find(job.box).ended;
      const back = signedInAgain(job);
      window.signIn?.comeBack(came.given?.at);
      await back;
    } else if (came.again) {
      job.shown.said.textContent = find(job.box).retrying;
      await pause(job, PAUSES[Math.min(tries, PAUSES.length - 1)]);
    } else {
      finish(job, came);
      return;
    }
  }
}

function finish(job, { status, given }) {
  drop(job.kept);
  if (status >= 200 && status < 300 && given) {
    insert(job.box, given, job.shown);
    return;
  }
  queueOf(job.form).pressed = null;
  refuse(job.shown, given?.detail ?? find(job.box).broken);
}

async function run(form) {
  const queue = queueOf(form);
  if (queue.running) return;
  queue.running = true;
  form.dataset.uploading = "";
  while (queue.waiting.length) {
    const job = queue.waiting.shift();
    if (job.cancelled) continue;
    queue.current = job;
    await send(job);
  }
  queue.running = false;
  delete form.dataset.uploading;
  form.dispatchEvent(new Event("uploads-done", { bubbles: true }));
  const { pressed } = queue;
  queue.pressed = null;
  if (pressed && form.isConnected) form.requestSubmit(pressed.isConnected ? pressed : undefined);
}

// Queues files; `kept` is the number of a file that unsent.js kept while the page was closed.
function take(box, files, kept) {
  const form = box.closest("form");
  for (const file of "many" in box.dataset ? files : files.slice(0, 1)) {
    const shown = line(box, file.name);
    if (file.size > Number(box.dataset.limit)) {
      refuse(shown, `${file.name} ${find(box).tooLarge}`);
      continue;
    }
    const job = { box, form, file, shown, cancelled: false, stop() {}, kept: kept ?? keep(box, file) };
    shown.stop.addEventListener("click", () => {
      job.cancelled = true;
      drop(job.kept);
      job.stop();
      shown.row.remove();
    });
    queueOf(form).waiting.push(job);
  }
  run(form);
}

const chooser = (event) => event.target.closest?.(".chooser");

// Listens in the capture phase, so that no other script takes a selected file for typed input.
for (const kind of ["input", "change"]) {
  document.addEventListener(
    kind,
    (event) => {
      const box = chooser(event);
      if (!box || event.target.type !== "file") return;
      event.stopPropagation();
      if (kind === "input") return;
      const files = [...event.target.files];
      event.target.value = "";
      take(box, files);
    },
    true,
  );
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = chooser(event);
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("dragged", kind === "dragover");
    if (kind === "drop") take(box, [...event.dataTransfer.files]);
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const queue = queues.get(event.target);
    if (queue?.running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      queue.pressed = event.submitter;
    } else {
      takeBack(event.target);
    }
  },
  true,
);

async function goOn(box) {
  for (const row of await keptFor(box)) take(box, [row.file], row.id);
}

dress(document);
for (const box of document.querySelectorAll(".chooser[data-keep]")) goOn(box);
for (const form of document.querySelectorAll("form[data-files-before]")) bringBack(form);
new MutationObserver(() => dress(document)).observe(document.body, { childList: true, subtree: true });
