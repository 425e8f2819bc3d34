// Saves findings and remarks of the review desk while they are written, one by one in the order in which they
// were changed, each for the criterion of its form. Unsaved input stays in the form and, for this tab and
// person, in the session storage; it is sent again after a pause, and when the connection or the sign-in is back.
const desk = document.querySelector(".review");
const words = desk.dataset;
const forms = [...document.querySelectorAll('form[data-kept-by="review"]')];
const PAUSES = [1, 2, 5, 10, 20, 30]; // seconds
const PATIENCE = 30_000; // milliseconds until an answer counts as lost
const TYPING = 900; // milliseconds after the last letter
const saved = new Map(); // form → its saved content
const waiting = []; // forms to be sent, the first changed first
const told = new Map(); // form → the message of its last save
const troubles = new Map(); // form → why it is not saved
const conflicts = new Map(); // form → what a colleague saved
const timers = new Map(); // form → timer of the pause in typing
const typing = new Set(); // forms with a person still in the field: saved, and recorded when they leave it
const unrecorded = new Set(); // forms whose last save was one while typing
let sending = false;
let failures = 0;
let retry = 0;
let signedOut = false;

const field = (form) => form.elements.reason ?? form.elements.text;
const key = (form) => `review ${words.person} ${form.getAttribute("action")}`;

function content(form) {
  const given = new FormData(form);
  return JSON.stringify([given.get("result"), field(form).value.trim()]);
}

function fill(form, result, text) {
  field(form).value = text;
  for (const choice of form.querySelectorAll('[name="result"]')) choice.checked = choice.value === result;
}

function missing(form) {
  if (!form.elements.result) return "";
  const choice = form.querySelector('[name="result"]:checked');
  if (!choice) return words.resultMissing;
  return "needsReason" in choice.dataset && !field(form).value.trim() ? words.reasonMissing : "";
}

function say(form, text, bad = false) {
  const said = form.querySelector(".said");
  said.textContent = text;
  said.classList.toggle("bad", bad);
  if (signedOut && bad) {
    const link = document.createElement("a");
    link.href = words.signIn;
    link.target = "_blank";
    link.textContent = words.signInWords;
    said.append(" ", link);
  }
}

function show() {
  const numbers = [...troubles.keys()].map((form) => form.dataset.number);
  document.getElementById("unsaved").textContent = numbers.length
    ? `${words.notSaved}: ${numbers.join(", ")}`
    : "";
  for (const form of forms) {
    const item = document.getElementById(`item-${form.dataset.number}`);
    item.classList.toggle("unsaved", content(form) !== saved.get(form));
    const choice = form.querySelector('[name="result"]:checked');
    if (!choice || content(form) === saved.get(form)) continue;
    const mark = item.querySelector(".mark");
    mark.className = `mark ${choice.dataset.tone}`;
    mark.textContent = choice.dataset.shape;
  }
}

function trouble(form, text) {
  troubles.set(form, text);
  say(form, text, true);
}

function drop(form) {
  if (waiting.includes(form)) waiting.splice(waiting.indexOf(form), 1);
}

function settled(form, text) {
  drop(form);
  troubles.delete(form);
  sessionStorage.removeItem(key(form));
  told.set(form, text);
  say(form, text);
}

function keep(form) {
  const draft = { seen: form.elements.seen.value, content: content(form) };
  sessionStorage.setItem(key(form), JSON.stringify(draft));
}

function changed(form, stillTyping = false) {
  clearTimeout(timers.get(form));
  if (stillTyping) typing.add(form);
  else typing.delete(form);
  const toRecord = unrecorded.has(form) && !stillTyping;
  if (content(form) === saved.get(form) && !toRecord) settled(form, told.get(form));
  else {
    keep(form);
    const lacks = missing(form);
    if (lacks) {
      drop(form);
      trouble(form, lacks);
    } else if (!conflicts.has(form)) {
      troubles.delete(form);
      if (!waiting.includes(form)) waiting.push(form);
      if (signedOut) trouble(form, words.signedOut);
      else if (failures) trouble(form, unreached());
    }
  }
  show();
  send();
}

function replace(id, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(id);
  const old = document.getElementById(id);
  if (old.hasAttribute("aria-current")) fresh.setAttribute("aria-current", "page");
  old.replaceWith(document.adoptNode(fresh));
}

function recorded(form, sent, answer, whileTyping) {
  if (whileTyping) unrecorded.add(form);
  else unrecorded.delete(form);
  form.elements.seen.value = answer.seen;
  saved.set(form, sent);
  replace(`item-${form.dataset.number}`, answer.item);
  replace("count", answer.count);
  failures = 0;
  if (content(form) === sent && whileTyping === typing.has(form)) settled(form, answer.said);
  else keep(form);
  for (const other of waiting) troubles.delete(other);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn second";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function overtaken(form, said, theirs) {
  drop(form);
  conflicts.set(form, theirs);
  trouble(form, `${words.notSaved}. ${said}`);
  const box = form.querySelector(".theirs");
  const close = () => {
    conflicts.delete(form);
    box.hidden = true;
    form.elements.seen.value = theirs.seen;
  };
  box.querySelector(".theirs-said").textContent = [theirs.by, theirs.at, theirs.word]
    .filter(Boolean)
    .join(" · ");
  box.querySelector(".theirs-text").textContent = theirs.reason ?? theirs.text;
  box.querySelector(".buttons").replaceChildren(
    button(words.takeTheirs, () => {
      close();
      fill(form, theirs.result, theirs.reason ?? theirs.text);
      saved.set(form, content(form));
      settled(form, theirs.said);
      show();
    }),
    button(words.keepMine, () => {
      close();
      changed(form);
    }),
  );
  box.hidden = false;
}

const unreached = () => (navigator.onLine ? words.retrying : words.offline);

function again() {
  for (const form of waiting) trouble(form, unreached());
  retry = setTimeout(send, PAUSES[Math.min(failures, PAUSES.length - 1)] * 1000);
  failures += 1;
}

function leave() {
  signedOut = true;
  for (const form of waiting) trouble(form, words.signedOut);
}

async function ask(address, options) {
  const control = new AbortController();
  setTimeout(() => control.abort(), PATIENCE);
  try {
    return await fetch(address, { redirect: "manual", signal: control.signal, ...options });
  } catch {
    return null;
  }
}

const leadsAway = (answer) => answer.type === "opaqueredirect" || answer.status === 401;

// After a new sign-in the forms need its token; input of one person is never saved by another.
async function renew() {
  const answer = await ask(location.href, {});
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  if (!token || page.querySelector(".review")?.dataset.person !== words.person) return false;
  for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = token;
  return true;
}

async function send() {
  if (sending || signedOut || !waiting.length) return;
  clearTimeout(retry);
  sending = true;
  const form = waiting[0];
  const sent = content(form);
  if (!failures) say(form, words.saving);
  const whileTyping = typing.has(form);
  const request = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  if (whileTyping) request.body.append("typing", "1");
  const answer = await ask(form.action, request);
  const said = await answer?.json().catch(() => null);
  if (answer === null) again();
  else if (leadsAway(answer)) leave();
  else if (answer.ok && said) recorded(form, sent, said, whileTyping);
  else if (said?.theirs) overtaken(form, said.said, said.theirs);
  else if (said?.said) {
    drop(form);
    trouble(form, `${words.notSaved}. ${said.said}`);
  } else if (answer.status === 403 && !(await renew())) leave();
  else again();
  sending = false;
  show();
  if (!failures) send();
}

async function resume() {
  if (!waiting.length) return;
  if (signedOut && !(await renew())) return;
  signedOut = false;
  failures = 0;
  send();
}

for (const form of forms) {
  saved.set(form, content(form));
  told.set(form, form.querySelector(".said").textContent.trim());
  form.addEventListener("change", () => changed(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed(form);
  });
  field(form).addEventListener("input", (event) => {
    if (event.isComposing) return;
    keep(form);
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(changed, TYPING, form, true));
  });
  field(form).addEventListener("compositionend", () => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(changed, TYPING, form, true));
  });
  const draft = JSON.parse(sessionStorage.getItem(key(form)) ?? "null");
  if (draft) {
    form.elements.seen.value = draft.seen;
    fill(form, ...JSON.parse(draft.content));
    changed(form);
  }
}
for (const heard of ["online", "focus"]) window.addEventListener(heard, resume);
document.addEventListener("signed-in-again", resume);
window.addEventListener("beforeunload", (event) => {
  if (!forms.some((form) => content(form) !== saved.get(form))) return;
  event.preventDefault();
  event.returnValue = ""; // what browsers before Chrome 119 listen to
});
