// Sends the input of a form until there is a final answer, and reads the reasons of refusals.
"use strict";

(() => {
  const said = document.querySelector('meta[name="keeping"]')?.dataset;
  if (!said?.person) return;
  const PATIENCE_MS = 60_000;
  const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

  function newKey() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      }
      window.addEventListener("online", done);
    });
  }

  function isPage(answer) {
    return Boolean(answer.headers.get("Content-Type")?.startsWith("text/html"));
  }

  // Returns the server's reason: the detail of a problem, or the first words of a page.
  function reasonIn(answer, words) {
    if (!isPage(answer)) {
      try {
        return JSON.parse(words).detail ?? said.broken;
      } catch {
        return said.broken;
      }
    }
    const found = new DOMParser().parseFromString(words, "text/html").querySelector("main, #content");
    return found?.textContent.replace(/\s+/g, " ").trim() || said.broken;
  }

  // Posts until there is a final answer: waits for the connection, the server and the sign-in.
  // Returns null if the person continued typing.
  async function deliver(kept, address, make, stop, key) {
    for (let tries = 0; ; tries += 1) {
      if (stop.aborted) return null;
      kept.failing = tries > 0;
      const answer = await post(address, make(), key);
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 425) {
        const problem = answer.status === 401 || answer.status === 403 ? await problemOf(answer) : null;
        if (!problem) {
          kept.failing = false;
          if (answer.ok) window.signIn.seen();
          return answer;
        }
        const again = problem.type.endsWith(":form_token") && tries < 3 && (await window.signIn.renew());
        if (again) continue;
        kept.say(said.ended, "error");
        await window.signIn.comeBack(problem.at, problem.at && problem.detail, problem.at && said.asideText);
        kept.say(said.saving);
        continue;
      }
      kept.say(key ? said.notSent : said.retrying, "error");
      await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
    }
  }

  async function post(address, body, key) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE_MS);
    try {
      const headers = key ? { "X-Form-Key": key } : { "X-Requested-With": "XMLHttpRequest" };
      return await fetch(address, { method: "POST", body, headers, signal: control.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  // Returns the problem that another step of the person solves; null if the refusal concerns the form.
  async function problemOf(answer) {
    if (!answer.headers.get("Content-Type")?.startsWith("application/problem+json")) return null;
    const problem = await answer.clone().json();
    return /:(sign_in|step|form_token)$/.test(problem.type) ? problem : null;
  }

  window.delivery = { deliver, isPage, newKey, reasonIn };
})();
