/** Custom elements, each loaded when its tag first appears on the page. */
const ISLANDS: Record<string, () => Promise<unknown>> = {
  "kamerton-chart": () => import("./chart"),
  "kamerton-spark": () => import("./spark"),
  "kamerton-sliders": () => import("./sliders"),
  "kamerton-palette": () => import("./palette"),
  "kamerton-dropzone": () => import("./dropzone"),
  "kamerton-capture": () => import("./capture"),
  "kamerton-centre": () => import("./centre"),
  "kamerton-board": () => import("./board"),
};

function load(): void {
  for (const [tag, start] of Object.entries(ISLANDS)) {
    if (!document.querySelector(tag)) continue;
    delete ISLANDS[tag];
    void start();
  }
}

export function startIslands(): void {
  load();
  document.addEventListener("htmx:load", load);
}
