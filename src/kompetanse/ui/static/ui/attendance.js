// Keeps what is registered of attendance on the phone until the server has heard it, and says what became of it.
// The page works without this file: then its form is sent as it is. No names are kept here, only numbers.
(() => {
  // The code on the wall is another every five minutes.
  const wall = document.querySelector("[data-reload]");
  if (wall) setInterval(() => navigator.onLine && location.reload(), 1000 * Number(wall.dataset.reload));

  const form = document.querySelector("form[data-send]");
  if (!form) return;
  const { send, store, until, waits, kept, login } = form.dataset;
  const said = document.getElementById("attendance-said");
  const CACHE = "attendance-1";

  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(store) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  const write = (items) => localStorage.setItem(store, JSON.stringify(items));
  const say = (kind, ...texts) => {
    said.dataset.color = kind;
    said.replaceChildren(...texts.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    said.hidden = false;
  };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // What the form says now, as registrations: one for the participant, one for each changed line of a trainer's list.
  const chosen = () => {
    const at = Date.now();
    const code = form.elements.namedItem("code");
    if (code) return [{ key: newKey(), at, code: code.value }];
    const reason = form.elements.namedItem("reason")?.value ?? "";
    return [...form.querySelectorAll("[data-signup]")].flatMap((row) => {
      const part = row.querySelector("input:checked")?.value;
      if (!part || part === row.dataset.told) return [];
      return [{ key: newKey(), at, signup: Number(row.dataset.signup), part, reason }];
    });
  };
  const show = (item) => {
    const row = item.signup && form.querySelector(`[data-signup="${item.signup}"]`);
    const box = row && row.querySelector(`input[value="${item.part}"]`);
    if (box) box.checked = true;
    return row;
  };

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const freshToken = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const found = page.querySelector("form[data-send] [name=csrfmiddlewaretoken]");
    if (found) form.querySelector("[name=csrfmiddlewaretoken]").value = found.value;
  };
  // How long ago it was pressed, so that the phone's clock need not be right.
  const aged = (items) => items.map(({ at, ...item }) => ({ ...item, age: Math.max(0, Date.now() - at) }));
  const post = (items) =>
    fetch(send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ items: aged(items) }),
    });

  let busy = false;
  const flush = async () => {
    const items = read().slice(0, 100);
    if (busy || !items.length) return;
    busy = true;
    try {
      let answer = await post(items);
      if (answer.status === 403) {
        await freshToken(); // the page has lain open since before the login
        answer = await post(items);
      }
      if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
        return say("warning", waits, answer.redirected ? login : "");
      }
      const { receipts = [], problem = "" } = await answer.json();
      const heard = new Map(receipts.map((receipt) => [receipt.key, receipt.why ?? ""]));
      write(read().filter((item) => !heard.has(item.key)));
      for (const item of items) {
        const row = heard.get(item.key) === "" && show(item);
        if (row) row.dataset.told = item.part;
      }
      const refused = [...new Set([...heard.values(), problem].filter(Boolean))];
      if (refused.length) say("danger", ...refused);
      else say("success", kept);
      if (!refused.length && form.dataset.once !== undefined) form.hidden = true;
    } catch {
      say("warning", waits);
    } finally {
      busy = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const items = chosen();
    if (items.length) write([...read(), ...items]);
    else if (!read().length) return say("success", kept);
    say("warning", waits);
    flush();
  });
  read().forEach(show);
  if (read().length) say("warning", waits);
  for (const name of ["online", "pageshow"]) addEventListener(name, flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(flush, 20_000);

  // The page itself stays on the phone, so that it opens where there is no coverage, until it is over.
  if (!("serviceWorker" in navigator)) return;
  if (until && Date.now() > Number(until)) {
    caches.open(CACHE).then((cache) => cache.delete(location.origin + location.pathname));
    return;
  }
  navigator.serviceWorker.register("/oppmotearbeider.js", { scope: form.dataset.scope }).then(async () => {
    const cache = await caches.open(CACHE);
    const needed = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((it) => it.href || it.src);
    await Promise.allSettled([location.origin + location.pathname, ...needed].map((one) => cache.add(one)));
  });
})();
