/** Messages at the corner: they leave by themselves, except refusals and those with "Undo". */
import { icon } from "./icons";
import { word } from "./words";

type State = "ok" | "warn" | "bad" | "info";
const STAY = 6000;

function region(): HTMLElement | null {
  return document.getElementById("messages");
}

function leaveLater(element: HTMLElement): void {
  if (element.dataset["timed"] !== undefined) return;
  element.dataset["timed"] = "";
  const stay = element.dataset["toastLong"] === undefined ? STAY : STAY * 5;
  let timer = window.setTimeout(() => element.remove(), stay);
  element.addEventListener("pointerenter", () => window.clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = window.setTimeout(() => element.remove(), STAY / 2);
  });
}

/** Say something in a toast. */
export function toast(text: string, state: State = "info"): void {
  const names = { ok: "check-circle", warn: "warning", bad: "alert", info: "info" };
  const element = document.createElement("div");
  element.className = `toast ${state}`;
  element.dataset["toast"] = "";
  element.setAttribute("role", state === "bad" ? "alert" : "status");
  if (state === "bad") element.dataset["toastLong"] = "";
  const body = document.createElement("div");
  body.className = "note-text";
  body.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.dataset["toastClose"] = "";
  close.setAttribute("aria-label", word("close"));
  close.append(icon("x", "s"));
  element.append(icon(names[state]), body, close);
  region()?.append(element);
  leaveLater(element);
}

export function startToasts(): void {
  const here = region();
  if (!here) return;
  here.querySelectorAll<HTMLElement>("[data-toast]").forEach(leaveLater);
  new MutationObserver(() => {
    here.querySelectorAll<HTMLElement>("[data-toast]").forEach(leaveLater);
    // a message must be seen above an open modal dialog: the top layer takes a popover
    const modal = document.querySelector("dialog:modal");
    if (modal && here.childElementCount && !here.matches(":popover-open")) {
      here.popover = "manual";
      here.showPopover();
    }
  }).observe(here, { childList: true });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-toast-close], [data-toast] form button")) {
      const element = target.closest<HTMLElement>("[data-toast]");
      if (target.closest("[data-toast-close]")) element?.remove();
      else window.setTimeout(() => element?.remove(), 300);
    }
  });
}
