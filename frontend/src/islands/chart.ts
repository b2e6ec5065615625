/** <kamerton-chart kind data="#id" | src>: a chart with its table, picture and CSV. */
import { icon } from "../parts/icons";
import { word } from "../parts/words";
import type { HeatmapData, Kind, ParetoData, ScatterData, SeriesData } from "./chart/data";
import { draw, picture, type Chart, type Options } from "./chart/engine";
import { heatmapOptions, scatterOptions, seriesOptions } from "./chart/options";
import { paretoOptions } from "./chart/pareto";
import { RangeControl } from "./chart/range";
import { csv, download, drawTable, tableOf } from "./chart/table";

class KamertonChart extends HTMLElement {
  private chart: Chart | null = null;
  private data: unknown = null;
  private range: RangeControl | null = null;
  private canvas = document.createElement("div");
  private table: HTMLElement | null = null;
  private readonly size = new ResizeObserver(() => this.resize());
  private tools: HTMLElement | null = null;
  private width = 0;

  connectedCallback(): void {
    document.addEventListener("kamerton:theme", this.paint);
    void this.start();
  }

  disconnectedCallback(): void {
    document.removeEventListener("kamerton:theme", this.paint);
    this.size.disconnect();
    this.tools?.remove();
    this.chart?.dispose();
    this.chart = null;
  }

  private get kind(): Kind {
    return (this.getAttribute("kind") ?? "line") as Kind;
  }

  private get label(): string {
    return this.getAttribute("label") ?? this.getAttribute("heading") ?? "";
  }

  private async start(): Promise<void> {
    try {
      this.data = await this.load();
    } catch {
      this.say(word("chartFailed"));
      return;
    }
    if (!this.isConnected) return;
    if (!tableOf(this.kind, this.data).rows.length) {
      this.say(word("nothingToDraw"));
      return;
    }
    this.build();
    this.chart = draw(this.canvas);
    this.paint();
    this.range?.listen(this.chart);
    this.chart.on("click", (params) => this.follow(params));
    this.size.observe(this.canvas);
    this.setAttribute("data-ready", "");
  }

  private async load(): Promise<unknown> {
    const address = this.getAttribute("src");
    if (address) {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }
    const script = document.querySelector(this.getAttribute("data") ?? "");
    return JSON.parse(script?.textContent ?? "null");
  }

  private say(text: string): void {
    const state = document.createElement("p");
    state.className = "chart-state";
    state.textContent = text;
    this.replaceChildren(state);
    this.setAttribute("data-ready", "");
  }

  private build(): void {
    const tools = document.createElement("div");
    tools.className = "chart-tools";
    const heading = this.getAttribute("heading");
    if (heading) {
      const title = document.createElement("span");
      title.className = "chart-title";
      title.textContent = heading;
      tools.append(title);
    }
    const toggle = this.tool("table", word("asTable"), () => this.toggle(toggle));
    toggle.setAttribute("aria-pressed", "false");
    tools.append(
      toggle,
      this.tool("download", "PNG", () => void this.savePicture()),
      this.tool("download", "CSV", () => download(csv(tableOf(this.kind, this.data)), `${this.file()}.csv`)),
    );
    this.canvas.className = "chart-canvas";
    this.replaceChildren(this.canvas);
    this.placeTools(tools);
    if (this.kind === "pareto" && this.hasAttribute("inputs")) {
      this.range = new RangeControl(this.data as ParetoData, () => this.onRange());
      this.append(this.range.element);
    }
  }

  /** The tools of a card's only chart stand in the head of the card. */
  private placeTools(tools: HTMLElement): void {
    const card = this.closest(".card");
    const head = card?.querySelectorAll("kamerton-chart").length === 1 ? card.querySelector(".card-head") : null;
    this.tools = tools;
    if (head && !this.hasAttribute("heading")) {
      tools.classList.add("push");
      head.append(tools);
    } else this.prepend(tools);
  }

  private tool(name: string, text: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small ghost";
    button.append(icon(name, "s"), text);
    button.addEventListener("click", act);
    return button;
  }

  private toggle(button: HTMLElement): void {
    const shown = this.table !== null;
    this.table?.remove();
    this.table = shown ? null : drawTable(tableOf(this.kind, this.data), this.label);
    if (this.table) this.canvas.after(this.table);
    this.canvas.hidden = !shown;
    button.setAttribute("aria-pressed", String(!shown));
    button.lastChild?.replaceWith(word(shown ? "asTable" : "asChart"));
    if (shown) this.resize();
  }

  private options(): Options {
    switch (this.kind) {
      case "pareto":
        return paretoOptions(this.data as ParetoData, this.label, this.range?.range ?? null, this.width - 60);
      case "heatmap":
        return heatmapOptions(this.data as HeatmapData, this.label);
      case "scatter":
        return scatterOptions(this.data as ScatterData, this.label);
      default:
        return seriesOptions(this.kind, this.data as SeriesData, this.label);
    }
  }

  private paint = (): void => {
    if (!this.chart) return;
    this.width = this.canvas.clientWidth || this.width || 600;
    this.chart.setOption(this.options(), { notMerge: true });
    if (this.range) {
      this.chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
      this.range.frame(this.chart);
    }
  };

  private resize(): void {
    if (!this.chart || !this.canvas.clientWidth || this.canvas.clientWidth === this.width) return;
    this.chart.resize();
    this.paint();
  }

  private follow(params: unknown): void {
    const href = (params as { data?: { point?: { href?: string } } }).data?.point?.href;
    if (href) location.assign(href);
  }

  /** Tell the page which places were chosen: an event, and the inputs named by `inputs`. */
  private onRange(): void {
    this.paint();
    const [from, to] = this.range?.range ?? [null, null];
    this.dispatchEvent(new CustomEvent("kamerton:range", { bubbles: true, detail: { from, to } }));
    const names = (this.getAttribute("inputs") ?? "").split(",");
    const inputs = names.map((name) => document.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name.trim())}"]`));
    [from, to].forEach((value, index) => {
      const input = inputs[index];
      if (input) input.value = value === null ? "" : String(value);
    });
    inputs.at(-1)?.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private async savePicture(): Promise<void> {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    download(await picture(this.options(), width || 960, height || 320), `${this.file()}.png`);
  }

  private file(): string {
    const card = this.closest(".card")?.querySelector(".card-head h2, .card-head h3")?.textContent;
    const name = card || this.getAttribute("heading") || this.label || "kamerton";
    return name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "");
  }
}

customElements.define("kamerton-chart", KamertonChart);
