/** The part of the Pareto curve in hand: by mouse on the chart, by keys in two fields. */
import { number, word } from "../../parts/words";
import type { ParetoData } from "./data";
import type { Chart } from "./engine";
import { cumulativeAt, type Range } from "./pareto";

interface Ended { areas: { coordRange?: [number, number] }[] }

export class RangeControl {
  readonly element = document.createElement("div");
  range: Range;
  private readonly fields: [HTMLInputElement, HTMLInputElement];
  private readonly said = document.createElement("span");

  constructor(
    private readonly data: ParetoData,
    private readonly changed: (range: Range) => void,
  ) {
    this.range = data.selected ?? null;
    this.element.className = "chart-range";
    this.fields = [this.field("from"), this.field("to")];
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "btn small ghost";
    clear.textContent = word("clearRange");
    clear.addEventListener("click", () => this.choose(null));
    this.said.className = "small text-2";
    this.said.setAttribute("aria-live", "polite");
    this.element.append(clear, this.said);
    this.show();
  }

  private field(key: string): HTMLInputElement {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "number", min: "1", max: String(this.data.count), className: "compact" });
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      const [from, to] = this.fields.map((field) => Number(field.value));
      if (from && to) this.choose([from, to]);
    });
    label.append(word(key), input);
    this.element.append(label);
    return input;
  }

  choose(wanted: Range): void {
    const limit = (place: number): number => Math.min(Math.max(Math.round(place), 1), this.data.count);
    const sorted = wanted && ([limit(Math.min(...wanted)), limit(Math.max(...wanted))] as [number, number]);
    if (String(sorted) === String(this.range)) return;
    this.range = sorted;
    this.show();
    this.changed(sorted);
  }

  /** Let the mouse choose a part of the chart. */
  listen(chart: Chart): void {
    chart.on("brushEnd", (event) => {
      const area = (event as Ended).areas[0]?.coordRange;
      this.choose(area ? [Math.ceil(area[0]), Math.floor(area[1])] : null);
    });
    chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
    this.frame(chart);
  }

  /** Draw the frame round the chosen part. */
  frame(chart: Chart): void {
    const areas = this.range ? [{ brushType: "lineX", xAxisIndex: 0, coordRange: [this.range[0] - 0.5, this.range[1] + 0.5] }] : [];
    chart.dispatchAction({ type: "brush", areas });
  }

  private show(): void {
    const [from, to] = this.range ?? ["", ""];
    this.fields[0].value = String(from);
    this.fields[1].value = String(to);
    this.said.textContent = "";
    if (!this.range) return;
    const share = cumulativeAt(this.data, this.range[1]) - cumulativeAt(this.data, this.range[0] - 1);
    const strong = document.createElement("b");
    strong.textContent = word("chosenPlaces", { from, to });
    const rest = word("chosenShare", { count: number(this.range[1] - this.range[0] + 1, 0), share: number(share) });
    this.said.append(strong, ` ${rest}`);
  }
}
