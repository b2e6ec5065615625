/** <kamerton-centre data="#id" chosen label>: the map of a buying centre, mirrored by a list of links. */
import type { Core, NodeSingular } from "cytoscape";
import { icon } from "../parts/icons";
import { toast } from "../parts/toasts";

import { download } from "./chart/table";
import { fontsReady } from "./centre/card";
import type { CentreData } from "./centre/data";
import { begin, look } from "./centre/graph";
import { arrange } from "./centre/layout";
import { colour } from "./centre/theme";

interface Seen { zoom: number; pan: { x: number; y: number }; chosen: number }
const remembered = new Map<number, Seen>();
const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

class KamertonCentre extends HTMLElement {
  private cy: Core | null = null;
  private data: CentreData | null = null;
  private readonly stage = document.createElement("div");
  private readonly moved = new Map<number, [number, number] | null>();
  private readonly ends = new AbortController();
  private saving = 0;

  connectedCallback(): void {
    void this.start();
  }

  disconnectedCallback(): void {
    this.ends.abort();
    if (this.moved.size) void this.save();
    this.remember();
    this.cy?.destroy();
    this.cy = null;
  }

  private async start(): Promise<void> {
    await fontsReady(); // by then the map that this one replaces has gone, and its data too
    const script = document.querySelector(this.getAttribute("data") ?? "");
    this.data = JSON.parse(script?.textContent ?? "null") as CentreData | null;
    if (!this.isConnected || !this.data) return;
    this.build();
    this.cy = begin(this.stage, this.data);
    arrange(this.cy);
    this.show();
    this.listen(this.cy);
    this.setAttribute("data-ready", "");
  }

  private build(): void {
    this.stage.className = "centre-canvas";
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "group");
    this.stage.setAttribute("aria-label", this.getAttribute("label") ?? "");
    const tools = document.createElement("div");
    tools.className = "centre-zoom";
    tools.append(this.tool("plus", "+", () => this.zoom(1.25)), this.tool("minus", "−", () => this.zoom(0.8)));
    this.replaceChildren(this.stage, tools);
  }

  private tool(name: string, label: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn square small";
    button.setAttribute("aria-label", label);
    button.append(icon(name));
    button.addEventListener("click", act);
    return button;
  }

  /** The part that was looked at before, or all of it. */
  private show(): void {
    const seen = this.data && remembered.get(this.data.centre);
    if (seen) this.cy?.viewport({ zoom: seen.zoom, pan: seen.pan });
    else this.fit();
    this.choose(seen?.chosen ?? Number(this.getAttribute("chosen")), false);
    this.filter();
  }

  private fit(): void {
    this.cy?.fit(undefined, 24);
    if (this.cy && this.cy.zoom() > 1) {
      this.cy.zoom(1);
      this.cy.center();
    }
  }

  private remember(): void {
    if (!this.cy || !this.data) return;
    const chosen = Number(this.cy.nodes(".chosen").data("pk") ?? 0);
    remembered.set(this.data.centre, { zoom: this.cy.zoom(), pan: this.cy.pan(), chosen });
  }

  private listen(cy: Core): void {
    const { signal } = this.ends;
    cy.on("tap", "node.person", (event) => this.choose(Number(event.target.data("pk")), true));
    cy.on("tap", "node.ghost", (event) => this.press(`[data-ghost="${CSS.escape(String(event.target.data("role")))}"]`));
    cy.on("dragfree", "node.person", (event) => this.put(event.target as NodeSingular));
    // the page scrolls by the wheel; with Ctrl the map zooms
    this.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, { capture: true, signal });
    this.stage.addEventListener("keydown", (event) => this.key(event), { signal });
    document.addEventListener("kamerton:theme", () => this.paint(), { signal });
    document.addEventListener("change", (event) => { if ((event.target as Element).matches?.("[data-map-filter]")) this.filter(); }, { signal });
    document.addEventListener("click", (event) => this.onClick(event.target as Element), { signal });
  }

  private onClick(target: Element): void {
    const link = target.closest<HTMLElement>("[data-member], [data-choose]");
    if (link) this.mark(Number(link.dataset["member"] ?? link.dataset["choose"]));
    if (target.closest("[data-map-fit]")) this.fit();
    if (target.closest("[data-map-png]")) this.picture();
    if (target.closest("[data-map-arrange]")) this.arrangeAnew();
  }

  private key(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (arrow) this.step(arrow);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (event.key === "Enter") document.querySelector<HTMLElement>("#person button, #person a")?.focus();
    else return;
    event.preventDefault();
  }

  /** Choose the nearest person in the direction of an arrow. */
  private step([dx, dy]: [number, number]): void {
    const from = this.cy?.nodes(".chosen").first();
    if (!this.cy || !from?.length) return;
    const at = from.position();
    let best: { pk: number; far: number } | null = null;
    this.cy.nodes(".person").forEach((node) => {
      const [x, y] = [node.position("x") - at.x, node.position("y") - at.y];
      const along = x * dx + y * dy;
      const far = along + 2 * Math.abs(x * dy + y * dx);
      if (along > 1 && (!best || far < best.far)) best = { pk: Number(node.data("pk")), far };
    });
    if (best) this.choose((best as { pk: number }).pk, true);
  }

  private zoom(times: number): void {
    const box = this.stage.getBoundingClientRect();
    this.cy?.zoom({ level: this.cy.zoom() * times, renderedPosition: { x: box.width / 2, y: box.height / 2 } });
  }

  private choose(pk: number, load: boolean): void {
    this.mark(pk);
    if (load) this.press(`[data-member="${pk}"]`);
  }

  /** Mark one on the map and in the list alike. */
  private mark(pk: number): void {
    this.cy?.nodes(".chosen").removeClass("chosen");
    const node = this.cy?.$id(`p${pk}`);
    node?.addClass("chosen");
    for (const link of document.querySelectorAll<HTMLElement>("[data-member]")) {
      if (link.dataset["member"] === String(pk)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  private press(selector: string): void {
    document.querySelector<HTMLElement>(selector)?.click();
  }

  /** Filters fade, they do not hide: the shape of the client stays. */
  private filter(): void {
    const wanted: Record<string, string> = {};
    document.querySelectorAll<HTMLSelectElement>("[data-map-filter]").forEach((each) => (wanted[each.dataset["mapFilter"] ?? ""] = each.value));
    const { role, attitude, ours } = wanted;
    const any = Boolean(role || attitude || ours);
    this.cy?.batch(() => {
      this.cy?.elements().removeClass("faded");
      if (!any) return;
      const fits = (node: NodeSingular): boolean =>
        (!role || (node.data("roles") as string[]).includes(role)) &&
        (!attitude || String(node.data("attitude")) === attitude) &&
        (!ours || (node.data("ours") as number[]).includes(Number(ours)));
      const kept = this.cy?.nodes(".person").filter((node) => fits(node as NodeSingular));
      if (!kept || !this.cy) return;
      this.cy.nodes(".person").difference(kept).addClass("faded");
      this.cy.edges(":not(.border)").difference(kept.edgesWith(kept)).addClass("faded");
      this.cy.nodes(".ghost").filter((node) => !role || node.data("role") !== role).addClass("faded");
    });
  }

  private put(node: NodeSingular): void {
    const { x, y } = node.position();
    this.moved.set(Number(node.data("pk")), [Math.round(x), Math.round(y)]);
    window.clearTimeout(this.saving);
    this.saving = window.setTimeout(() => void this.save(), 500);
  }

  private arrangeAnew(): void {
    if (!this.cy) return;
    arrange(this.cy, true);
    this.fit();
    this.cy.nodes(".person").forEach((node) => void this.moved.set(Number(node.data("pk")), null));
    void this.save();
  }

  private async save(): Promise<void> {
    const address = this.data?.places;
    if (!address) return;
    const body = JSON.stringify(Object.fromEntries(this.moved));
    this.moved.clear();
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const answer = await fetch(address, { method: "POST", headers, body, keepalive: true }).catch(() => null);
    if (!answer?.ok) toast(this.data?.words["failed"] ?? "", "bad");
  }

  private paint(): void {
    if (this.cy && this.data) this.cy.style(look(this.data));
  }

  private picture(): void {
    if (!this.cy || !this.data) return;
    const blob = this.cy.png({ output: "blob", full: true, scale: 2, bg: colour("--bg") }) as unknown as Blob;
    download(blob, `${(this.data.words["map"] ?? "map").replace(/\s+/g, "-")}.png`);
  }

  /** For tests and measurements: the map itself. */
  get graph(): Core | null {
    return this.cy;
  }
}

customElements.define("kamerton-centre", KamertonCentre);
