/** ECharts by module, and the colours of the page. */
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  BrushComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import type { Role } from "./data";

use([
  BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart,
  AriaComponent, BrushComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  TooltipComponent, VisualMapComponent,
  CanvasRenderer, SVGRenderer,
]);

export type Chart = EChartsType;
export type Options = Record<string, unknown>;
export const FONT = "'Inter Variable', Inter, system-ui, sans-serif";

export function draw(place: HTMLElement): Chart {
  return init(place, undefined, { renderer: "svg" });
}

/** A picture of the chart: drawn once more on a canvas, where the page's font is at hand. */
export async function picture(options: Options, width: number, height: number): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement("canvas");
  const copy = init(canvas, undefined, { renderer: "canvas", width, height, devicePixelRatio: 2 });
  copy.setOption({ ...options, animation: false, backgroundColor: colour("--surface") });
  const made = copy.getRenderedCanvas({ pixelRatio: 2 });
  const blob = await new Promise<Blob | null>((resolve) => made.toBlob(resolve, "image/png"));
  copy.dispose();
  if (!blob) throw new Error("the browser made no picture");
  return blob;
}

export function colour(variable: string): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  return value.startsWith("var(") ? colour(value.slice(4, -1)) : value;
}

export function roleColour(role: Role | undefined, index: number): string {
  const order: Role[] = ["fact", "mid", "base", "ok", "warn", "bad"];
  const variables: Record<Role, string> = {
    fact: "--c-fact",
    plan: "--c-plan",
    base: "--c-base",
    mid: "--accent-mid",
    ok: "--ok-mark",
    warn: "--warn-mark",
    bad: "--bad-mark",
    mute: "--mute-mark",
  };
  return colour(variables[role ?? order[index % order.length] ?? "fact"]);
}
