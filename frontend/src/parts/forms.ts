/** Forms: unsaved changes are guarded, filters submit themselves, periods have ready choices. */
import { toast } from "./toasts";
import { word } from "./words";

function guard(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-guard]");
    if (form) form.dataset["dirty"] = "";
  });
  document.addEventListener("submit", (event) => {
    delete (event.target as HTMLFormElement).dataset["dirty"];
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-guard]");
    if (form) form.dataset["dirty"] = "";
  });
  addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
  });
  document.addEventListener("cancel", (event) => {
    const dialog = event.target as Element;
    if (!dialog.querySelector?.("form[data-dirty]")) return;
    event.preventDefault();
    toast(word("unsaved"), "warn");
  }, true);
}

function autosubmit(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-autosubmit]");
    if (form && !form.hasAttribute("hx-get") && !form.hasAttribute("hx-post")) form.requestSubmit();
  });
}

/** Filters ask a question once: leaving the search field must not draw the list anew under fresh ticks. */
function askOnce(): void {
  const asked = new WeakMap<Element, string>();
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, triggeringEvent } = (event as CustomEvent<{ elt: Element; triggeringEvent?: Event }>).detail;
    if (!(elt instanceof HTMLFormElement) || !elt.matches("[data-autosubmit]")) return;
    const question = new URLSearchParams(new FormData(elt) as unknown as Record<string, string>).toString();
    if (triggeringEvent?.type !== "submit" && asked.get(elt) === question) event.preventDefault();
    else asked.set(elt, question);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = (event as CustomEvent<{ elt: Element; successful?: boolean }>).detail;
    if (!successful) asked.delete(elt);
  });
}

const iso = (day: Date): string =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;

/** First and last day of a ready period, by whole closed months. */
export function readyPeriod(name: string, today: Date): [Date, Date] | null {
  const year = today.getFullYear();
  const month = today.getMonth();
  const quarter = Math.floor(month / 3) * 3;
  switch (name) {
    case "month":
      return [new Date(year, month - 1, 1), new Date(year, month, 0)];
    case "quarter":
      return [new Date(year, quarter - 3, 1), new Date(year, quarter, 0)];
    case "year":
      return [new Date(year, month - 12, 1), new Date(year, month, 0)];
    case "ytd":
      return [new Date(year, 0, 1), today];
    case "last-year":
      return [new Date(year - 1, 0, 1), new Date(year - 1, 11, 31)];
    default:
      return null;
  }
}

function periods(): void {
  document.addEventListener("change", (event) => {
    const select = (event.target as Element).closest<HTMLSelectElement>("[data-period-preset]");
    const period = select && readyPeriod(select.value, new Date());
    if (!select || !period) return;
    const inputs = select.closest("[data-period]")?.querySelectorAll<HTMLInputElement>('input[type="date"]');
    inputs?.forEach((input, index) => (input.value = iso(period[index] ?? new Date())));
    inputs?.[1]?.dispatchEvent(new Event("change", { bubbles: true }));
  }, true); // before the form hears of it
}

function copies(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const copy = target.closest<HTMLElement>("[data-copy]");
    if (copy) void navigator.clipboard.writeText(copy.dataset["copy"] ?? "").then(() => toast(word("copied"), "ok"));
    if (target.closest("[data-print]")) print();
    if (target.closest("[data-back]")) {
      if (history.length > 1) history.back();
      else location.assign("/");
    }
  });
}

export function startForms(): void {
  guard();
  autosubmit();
  askOnce();
  periods();
  copies();
}
