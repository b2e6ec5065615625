/** The navigation: remembers its groups, opens as a drawer on a phone, fetches its figures. */
import { number } from "./words";

type Count = number | { n: number; hot?: boolean };
const GROUPS = "kamerton-nav";
const COUNTS = "kamerton-counts";
const root = document.documentElement;

function drawer(open: boolean): void {
  if (open) root.dataset["nav"] = "open";
  else delete root.dataset["nav"];
  if (open) document.querySelector<HTMLElement>("#nav a")?.focus();
}

function rememberGroups(nav: HTMLElement): void {
  const kept = JSON.parse(localStorage.getItem(GROUPS) ?? "{}") as Record<string, boolean>;
  for (const group of nav.querySelectorAll<HTMLDetailsElement>("details[data-group]")) {
    const key = group.dataset["group"] ?? "";
    const chosen = kept[key];
    const holdsPage = group.querySelector("[aria-current]") !== null;
    if (chosen !== undefined && !holdsPage) group.open = chosen;
    group.querySelector("summary")?.addEventListener("click", () => {
      kept[key] = !group.open;
      localStorage.setItem(GROUPS, JSON.stringify(kept));
    });
  }
}

function paintCounts(counts: Record<string, Count>): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const count = counts[place.dataset["count"] ?? ""];
    const n = typeof count === "object" ? count.n : (count ?? 0);
    place.textContent = n ? number(n, 0) : "";
    place.classList.toggle("hot", typeof count === "object" && count.hot === true);
  }
}

async function fetchCounts(address: string): Promise<void> {
  const kept = sessionStorage.getItem(COUNTS);
  if (kept) paintCounts(JSON.parse(kept) as Record<string, Count>);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const counts = (await answer.json()) as Record<string, Count>;
    sessionStorage.setItem(COUNTS, JSON.stringify(counts));
    paintCounts(counts);
  } catch {
    // figures beside the menu are a convenience: without them the menu still works
  }
}

export function startNavigation(): void {
  const nav = document.getElementById("nav");
  if (!nav) return;
  rememberGroups(nav);
  nav.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  const address = nav.dataset["counts"];
  if (address) {
    void fetchCounts(address);
    document.addEventListener("kamerton:counts", () => void fetchCounts(address));
  }
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-nav-open]")) drawer(root.dataset["nav"] !== "open");
    else if (target.closest("[data-nav-close]")) drawer(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drawer(false);
  });
}
