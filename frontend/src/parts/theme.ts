/** Light, dark or as the system; remembered on this device. */
const KEY = "kamerton-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const chosen = localStorage.getItem(KEY) ?? "system";
  const theme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset["theme"] = theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-set]")) {
    button.setAttribute("aria-pressed", String(button.dataset["themeSet"] === chosen));
  }
  document.dispatchEvent(new CustomEvent("kamerton:theme", { detail: theme }));
}

export function startTheme(): void {
  apply();
  dark.addEventListener("change", apply);
  window.addEventListener("storage", (event) => event.key === KEY && apply());
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-set]");
    const chosen = button?.dataset["themeSet"];
    if (!chosen) return;
    if (chosen === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
    apply();
  });
}
