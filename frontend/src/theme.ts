/** Put the chosen theme on <html> before the first paint; loaded as a blocking script. */
(() => {
  const chosen = localStorage.getItem("kamerton-theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = chosen === "light" || chosen === "dark" ? chosen : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.themeChoice = chosen ?? "system";
})();
