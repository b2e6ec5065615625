/** htmx under a strict content policy; refusals are swapped like answers. */
import htmx from "htmx.org";
import { word } from "./words";
import { toast } from "./toasts";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0; // pages hold business data: nothing of them in localStorage
htmx.config.refreshOnHistoryMiss = true;
htmx.config.scrollBehavior = "auto";
htmx.config.attributesToSettle = ["class", "width", "height"]; // the policy refuses set styles
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4..", swap: true, error: false },
  { code: "[5]..", swap: false, error: true },
];

function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrf();
});

/** A whole page as the answer to a fragment (login ran out, error page) is opened as a page. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail;
  const whole = /^\s*<!doctype html/i.test(detail.xhr.responseText);
  if (!whole) return;
  detail.shouldSwap = false;
  if (detail.xhr.status < 400) location.assign(detail.xhr.responseURL);
  else toast(word("gone", { code: detail.xhr.status }), "bad");
});
document.addEventListener("htmx:sendError", () => toast(word("failed"), "bad"));
document.addEventListener("htmx:timeout", () => toast(word("failed"), "bad"));
document.addEventListener("htmx:responseError", (event) => {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  toast(word("gone", { code: detail.xhr.status }), "bad");
});

export { htmx };
