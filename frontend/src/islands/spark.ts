/** <kamerton-spark values="1,2,3" plan="…" kind="line|bars">: a line the size of a word. */
export {};
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 104;
const HEIGHT = 32;
const PAD = 3;

type Value = number | null;

function read(text: string | null): Value[] {
  return (text ?? "").split(",").map((part) => (part.trim() === "" ? null : Number(part)));
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

class Spark extends HTMLElement {
  connectedCallback(): void {
    const values = read(this.getAttribute("values"));
    const plan = this.hasAttribute("plan") ? read(this.getAttribute("plan")) : [];
    const known = [...values, ...plan].filter((value): value is number => value !== null && Number.isFinite(value));
    if (known.length < 2) return;
    const bars = this.getAttribute("kind") === "bars";
    const low = bars ? Math.min(0, ...known) : Math.min(...known);
    const span = Math.max(...known) - low || 1;
    const y = (value: number): number => HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD);
    const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": this.getAttribute("label") ?? "" });
    svg.append(...(bars ? this.bars(values, y) : this.line(values, y)));
    if (plan.length) svg.append(element("polyline", { class: "spark-plan", points: this.points(plan, y) }));
    this.replaceChildren(svg);
    this.setAttribute("data-ready", "");
  }

  private x(index: number, count: number): number {
    return 2 + (index * (WIDTH - 6)) / Math.max(count - 1, 1);
  }

  private points(values: Value[], y: (value: number) => number): string {
    return values
      .flatMap((value, index) => (value === null ? [] : [`${this.x(index, values.length).toFixed(1)},${y(value).toFixed(1)}`]))
      .join(" ");
  }

  private line(values: Value[], y: (value: number) => number): SVGElement[] {
    const points = this.points(values, y);
    const first = points.split(" ")[0]?.split(",")[0] ?? "0";
    const [lastX = "0", lastY = "0"] = points.split(" ").at(-1)?.split(",") ?? [];
    return [
      element("polygon", { class: "spark-area", points: `${first},${HEIGHT} ${points} ${lastX},${HEIGHT}` }),
      element("polyline", { class: "spark-line", points }),
      element("circle", { class: "spark-dot", cx: lastX, cy: lastY, r: 2.6 }),
    ];
  }

  private bars(values: Value[], y: (value: number) => number): SVGElement[] {
    const step = WIDTH / values.length;
    return values.map((value, index) =>
      element("rect", {
        class: index === values.length - 1 ? "spark-bar last" : "spark-bar",
        x: (index * step + 0.5).toFixed(1),
        width: Math.max(step - 2, 1).toFixed(1),
        y: y(value ?? 0).toFixed(1),
        height: Math.max(y(0) - y(value ?? 0), 0.5).toFixed(1),
      }),
    );
  }
}

customElements.define("kamerton-spark", Spark);
