// What makes the pages faster. Every page works without this file.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false, // the content security policy allows no eval
  includeIndicatorStyles: false, // nor inline style
  historyCacheSize: 0, // no page with personal data is kept in the browser's storage
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true }, // a form that was not accepted comes back with its errors
    { code: "[45]..", swap: false, error: true },
  ],
});

const on = (name, act) => document.addEventListener(name, act);

// data-part="rows" asks the server for that named part of the same page.
on("htmx:configRequest", (event) => {
  const part = event.detail.elt.closest("[data-part]")?.dataset.part;
  if (part) event.detail.headers["X-Part"] = part;
});

// A request that failed is said aloud, in the sentence the page brought with it.
const failed = () => {
  const place = document.getElementById("notices");
  if (!place || place.querySelector("[data-failed]")) return;
  const box = document.createElement("div");
  box.className = "ds-alert notice";
  box.dataset.color = "danger";
  box.dataset.failed = "";
  box.textContent = place.dataset.failed;
  place.append(box);
};
on("htmx:responseError", failed);
on("htmx:sendError", failed);

// Menus are <details>: Escape and a click elsewhere close them.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");
on("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
on("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// Errors get the focus, so that a screen reader starts there.
const showErrors = (root) => root.querySelector?.("[data-errors]")?.focus();
showErrors(document);
on("htmx:afterSwap", (event) => showErrors(event.detail.target));

// Filters answer as soon as they are chosen.
on("change", (event) => {
  const field = event.target;
  if (field.form?.dataset.autosubmit !== undefined && field.matches("select, [type=checkbox], [type=radio]")) {
    field.form.requestSubmit();
  }
  const group = field.dataset.checkAll;
  if (group) for (const box of field.form.querySelectorAll(`[name="${group}"]`)) box.checked = field.checked;
});

// One press is enough: the button that was pressed is busy until the answer comes.
on("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.busy !== undefined) return event.preventDefault();
  form.dataset.busy = "";
  event.submitter?.setAttribute("aria-busy", "true");
});
const rest = () => {
  for (const form of document.querySelectorAll("form[data-busy]")) delete form.dataset.busy;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
};
window.addEventListener("pageshow", rest);
on("htmx:afterRequest", rest);

on("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A table that is wider than its place can be scrolled with the arrow keys.
const scrollable = (root) => {
  for (const wrap of root.querySelectorAll?.(".table-wrap") ?? []) {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
  }
};
scrollable(document);
on("htmx:afterSwap", (event) => scrollable(event.detail.target));
