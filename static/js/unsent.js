// Files that are not uploaded yet, kept in this browser until the server has them: by person, page and field, only for
// fields with data-keep. In the field there may be no connection for hours, and a phone may close the page meanwhile.
const person = document.querySelector('meta[name="keeping"]')?.dataset.person;
const STORE = "files";
const DAYS_KEPT = 14;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("unsent", 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true }),
    );
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

// Runs one request; resolves with null if this browser stores nothing.
async function ask(mode, make) {
  try {
    const database = await opened();
    return await new Promise((resolve, reject) => {
      const request = make(database.transaction(STORE, mode).objectStore(STORE));
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error));
    }).finally(() => database.close());
  } catch {
    return null;
  }
}

// Keeps a file; resolves with its number, or null if it is not kept.
export function keep(box, file) {
  if (!person || !("keep" in box.dataset)) return Promise.resolve(null);
  const row = { person, page: location.pathname, name: box.dataset.name, file, at: Date.now() };
  return ask("readwrite", (store) => store.add(row));
}

export async function drop(kept) {
  const id = await kept;
  if (id !== null) await ask("readwrite", (store) => store.delete(id));
}

// Returns the files kept for a field of this page, and forgets those that are too old.
export async function keptFor(box) {
  if (!person || !("keep" in box.dataset)) return [];
  const rows = (await ask("readonly", (store) => store.getAll())) ?? [];
  const since = Date.now() - DAYS_KEPT * 86_400_000;
  for (const row of rows) if (row.at < since) drop(row.id);
  return rows.filter(
    (row) =>
      row.at >= since &&
      row.person === person &&
      row.page === location.pathname &&
      row.name === box.dataset.name,
  );
}

// Forgets all files of the person who is signed in.
export async function forget() {
  const rows = (await ask("readonly", (store) => store.getAll())) ?? [];
  await Promise.all(rows.filter((row) => row.person === person).map((row) => drop(row.id)));
}
