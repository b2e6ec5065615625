/** ECharts options of the plain kinds: lines, bars, stacks, heat map, scatter. */
import { number, short } from "../../parts/words";
import type { HeatmapData, Kind, Point, ScatterData, Series, SeriesData } from "./data";
import { colour, FONT, roleColour, type Options } from "./engine";
import { tip } from "./tip";

export function text(size = 11, variable = "--ink-3"): Options {
  return { fontFamily: FONT, fontSize: size, color: colour(variable) };
}

export function base(label: string): Options {
  return {
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
    aria: { enabled: true, label: { description: label } },
    textStyle: { fontFamily: FONT, color: colour("--ink-2") },
    grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true },
  };
}

export function tooltip(trigger: "axis" | "item", formatter: (params: unknown) => HTMLElement): Options {
  return {
    trigger,
    formatter,
    confine: true,
    borderWidth: 0,
    padding: 0,
    backgroundColor: "transparent",
    extraCssText: "box-shadow:none",
    transitionDuration: 0,
    axisPointer: { type: "line", lineStyle: { color: colour("--line-strong") } },
  };
}

export function valueAxis(extra: Options = {}): Options {
  return {
    type: "value",
    axisLabel: { ...text(), formatter: (value: number) => short(value) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("--c-grid") } },
    ...extra,
  };
}

function categories(labels: string[], inverse: boolean): Options {
  return {
    type: "category",
    data: labels,
    inverse,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisLabel: { ...text(), hideOverlap: true },
  };
}

function marks(data: SeriesData): Options {
  if (!data.marks?.length) return {};
  const along = data.horizontal ? "xAxis" : "yAxis";
  return {
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: colour("--c-plan"), type: [2, 3], width: 1 },
      label: { ...text(), position: data.horizontal ? "start" : "insideEndTop" },
      data: data.marks.map((mark) => ({ [along]: mark.value, label: { formatter: mark.label ?? "" } })),
    },
  };
}

function drawn(series: Series, index: number, kind: Kind, data: SeriesData): Options {
  const paint = roleColour(series.role, index);
  const common = { name: series.name, data: series.values, color: paint, ...(index ? {} : marks(data)) };
  if ((series.type ?? (kind === "line" ? "line" : "bars")) === "line") {
    const plan = series.role === "plan";
    return {
      ...common,
      type: "line",
      symbol: series.values.length > 40 ? "none" : "circle",
      symbolSize: plan ? 0 : 5,
      lineStyle: { width: plan ? 1 : 2, type: plan ? [3, 3] : "solid" },
      ...(data.area && !index ? { areaStyle: { color: colour("--c-area") } } : {}),
      z: 3,
    };
  }
  const stacked = kind === "stack" ? { stack: "all" } : {};
  return { ...common, ...stacked, type: "bar", barMaxWidth: 28, barCategoryGap: "30%", itemStyle: { borderRadius: kind === "stack" ? 0 : 2 } };
}

interface Hover { name: string; seriesName: string; value: number | null; color: string }

export function seriesOptions(kind: Kind, data: SeriesData, label: string): Options {
  const unit = data.unit ? ` ${data.unit}` : "";
  const lines = (params: unknown): HTMLElement => {
    const hovers = params as Hover[];
    const rows = hovers.map((hover) => [hover.seriesName, hover.value === null ? "—" : number(hover.value, 2) + unit, hover.color] as const);
    return tip(hovers[0]?.name ?? "", rows);
  };
  const names = categories(data.labels, data.horizontal === true);
  const many = data.series.length > 1;
  const narrow = innerWidth < 480; // names of series stand one under another
  return {
    ...base(label),
    grid: { left: 8, right: 16, top: many ? (narrow ? 16 + 20 * data.series.length : 32) : data.horizontal && data.marks?.length ? 20 : 12, bottom: 4, containLabel: true },
    legend: { show: many, orient: narrow ? "vertical" : "horizontal", top: 0, left: 0, itemWidth: 12, itemHeight: 8, icon: "roundRect", textStyle: text(12, "--ink-2") },
    tooltip: tooltip("axis", lines),
    xAxis: data.horizontal ? valueAxis() : names,
    yAxis: data.horizontal ? names : valueAxis(),
    series: data.series.map((series, index) => drawn(series, index, kind, data)),
  };
}

export function heatmapOptions(data: HeatmapData, label: string): Options {
  const known = data.values.map((cell) => cell[2]).filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known, 0), Math.max(...known, 1)];
  const unit = data.unit ?? "";
  const cells = data.values
    .filter((cell) => cell[2] !== null)
    .map((cell) => ({
      value: cell,
      label: { color: ((cell[2] as number) - low) / (high - low || 1) > 0.55 ? colour("--on-accent") : colour("--ink") },
    }));
  const cell = (params: unknown): HTMLElement => {
    const [x, y, value] = (params as { value: [number, number, number] }).value;
    return tip(data.y[y] ?? "", [[data.x[x] ?? "", number(value) + unit, ""]]);
  };
  const plain = { axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  return {
    ...base(label),
    grid: { left: 8, right: 8, top: 24, bottom: 4, containLabel: true },
    tooltip: tooltip("item", cell),
    xAxis: { type: "category", data: data.x, position: "top", axisLabel: text(), ...plain },
    yAxis: { type: "category", data: data.y, inverse: true, axisLabel: text(12, "--ink-2"), ...plain },
    visualMap: { show: false, min: low, max: high, inRange: { color: [colour("--accent-soft"), colour("--accent")] } },
    series: [{
      type: "heatmap",
      data: cells,
      itemStyle: { borderColor: colour("--surface"), borderWidth: 2, borderRadius: 4 },
      label: { show: data.values.length <= 400, fontFamily: FONT, fontSize: 11, formatter: (params: { value: number[] }) => number(params.value[2] ?? 0) + unit },
    }],
  };
}

export function scatterOptions(data: ScatterData, label: string): Options {
  const biggest = Math.max(...data.points.map((point) => point.size ?? 1), 1);
  const name = { nameLocation: "middle", nameGap: 28, nameTextStyle: text(12) };
  const hover = (params: unknown): HTMLElement => {
    const point = (params as { data: { point: Point } }).data.point;
    return tip(point.name, [[data.x_name, number(point.x, 2), ""], [data.y_name, number(point.y, 2), ""]]);
  };
  return {
    ...base(label),
    grid: { left: 28, right: data.points.length <= 25 ? 96 : 16, top: 12, bottom: 28, containLabel: true },
    tooltip: tooltip("item", hover),
    xAxis: valueAxis({ name: data.x_name, scale: true, boundaryGap: ["6%", "6%"], ...name }),
    yAxis: valueAxis({ name: data.y_name, scale: true, boundaryGap: ["8%", "8%"], ...name, nameGap: 40 }),
    series: [{
      type: "scatter",
      data: data.points.map((point) => ({
        value: [point.x, point.y],
        point,
        symbolSize: 8 + 24 * Math.sqrt((point.size ?? 0) / biggest),
        itemStyle: { color: roleColour(point.state ?? "fact", 0), opacity: 0.75 },
      })),
      label: { show: data.points.length <= 25, position: "right", ...text(11, "--ink-2"), formatter: (params: { data: { point: Point } }) => params.data.point.name },
      labelLayout: { hideOverlap: true },
    }],
  };
}
