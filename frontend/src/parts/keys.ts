/** Keys that work on every page. */
import { toast } from "./toasts";
import { word } from "./words";

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
}

function save(target: EventTarget | null): boolean {
  const inside = target instanceof Element ? target.closest("form") : null;
  const form = inside ?? document.querySelector<HTMLFormElement>("dialog[open] form") ?? document.querySelector<HTMLFormElement>("form[data-guard]");
  form?.requestSubmit();
  return form !== null;
}

/** Esc leaves a form opened in place; what was typed into it is not thrown away by a key. */
function leave(target: EventTarget | null): boolean {
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-inline]") : null;
  if (!form || document.querySelector("dialog:modal")) return false;
  if ("dirty" in form.dataset) toast(word("unsaved"), "warn");
  else form.querySelector<HTMLElement>("[data-inline-cancel]")?.click();
  return true;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search]");
  field?.focus();
  field?.select();
  if (!field) document.dispatchEvent(new CustomEvent("kamerton:palette"));
  return true;
}

function walk(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("main .table tbody tr:has(a), main [data-row]:has(a)")];
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  row?.querySelector<HTMLElement>("a")?.focus();
  return true;
}

/** A key that the page gives to one of its buttons: digits by their place, letters as written. */
function press(event: KeyboardEvent): boolean {
  const key = /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.code.replace(/^Key/, "").toLowerCase();
  const button = document.querySelector<HTMLElement>(`main [data-key="${CSS.escape(key)}"]`);
  button?.click();
  return button !== null;
}

function shortcuts(): boolean {
  const dialog = document.getElementById("shortcuts");
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  return dialog !== null;
}

/** Plain keys by their place on the keyboard, so that they work in the Russian layout too. */
const PLAIN: Record<string, () => boolean> = {
  KeyJ: () => walk(1),
  KeyK: () => walk(-1),
};

function onKey(event: KeyboardEvent): void {
  const command = event.ctrlKey || event.metaKey;
  let done = false;
  if (command && event.code === "KeyK") {
    document.dispatchEvent(new CustomEvent("kamerton:palette"));
    done = true;
  } else if (command && event.key === "Enter") {
    done = save(event.target);
  } else if (event.key === "Escape") {
    done = leave(event.target);
  } else if (!command && !event.altKey && !typing(event.target) && !document.querySelector("dialog:modal")) {
    if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) done = focusSearch();
    else if (event.key === "?") done = shortcuts();
    else if (!event.shiftKey) done = PLAIN[event.code]?.() ?? press(event);
  }
  if (done) event.preventDefault();
}

export function startKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-shortcuts-open]")) {
      document.getElementById("me-menu")?.hidePopover();
      shortcuts();
    }
  });
}
