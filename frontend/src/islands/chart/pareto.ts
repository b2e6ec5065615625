/** The Pareto curve: shares as bars, their sum as a curve, classes as zones, a part to choose. */
import { number, word } from "../../parts/words";
import type { ParetoData, Zone } from "./data";
import { colour, type Options } from "./engine";
import { base, text, tooltip } from "./options";
import { tip } from "./tip";

export type Range = [number, number] | null;
const LEVELS = [80, 95];
const TOP = 36;
const FEW = 20; // chosen places that are marked one by one on the curve

export function placesOf(data: ParetoData): number[] {
  return data.places ?? data.values.map((_, index) => index + 1);
}

/** The sum of shares up to a place; between drawn places along a straight line. */
export function cumulativeAt(data: ParetoData, place: number): number {
  const places = placesOf(data);
  let [beforePlace, before] = [0, 0];
  for (const [index, here] of places.entries()) {
    const value = data.cumulative[index] ?? before;
    if (here >= place) return before + ((value - before) * (place - beforePlace)) / (here - beforePlace || 1);
    [beforePlace, before] = [here, value];
  }
  return before;
}

/** How many clients bring `level` percent. */
export function clientsFor(data: ParetoData, level: number): number {
  const places = placesOf(data);
  const index = data.cumulative.findIndex((value) => value >= level - 1e-9);
  const [place, before] = [places[index], places[index - 1] ?? 0];
  if (place === undefined) return data.count;
  const [high, low] = [data.cumulative[index] ?? level, data.cumulative[index - 1] ?? 0];
  return Math.ceil(before + ((level - low) / (high - low || 1)) * (place - before) - 1e-9);
}

function zoneArea(data: ParetoData, width: number): Options {
  const shades = [0.1, 0.05, 0];
  let since = 0.5;
  const areas = data.zones.map((zone, index) => {
    const area = [
      { xAxis: since, itemStyle: { color: colour("--accent"), opacity: shades[index] ?? 0 }, label: { formatter: zoneLabel(zone, ((zone.until + 0.5 - since) / data.count) * width) } },
      { xAxis: zone.until + 0.5 },
    ];
    since = zone.until + 0.5;
    return area;
  });
  return { silent: true, label: { ...text(11, "--ink-2"), fontWeight: 600, position: "insideTopLeft", offset: [0, -22] }, data: areas };
}

function zoneLabel(zone: Zone, room: number): string {
  const values = { letter: zone.letter, share: number(zone.share), count: number(zone.count, 0) };
  const whole = word("zone", values);
  if (room > whole.length * 6.4) return whole;
  const less = `${zone.letter} · ${number(zone.share)} %`;
  return room > less.length * 6 ? less : room > 14 ? zone.letter : "";
}

function lines(data: ParetoData): Options {
  const borders = data.zones.map((zone) => ({ xAxis: zone.until + 0.5, label: { show: false } }));
  const levels = LEVELS.filter((level) => level < (data.cumulative.at(-1) ?? 0)).map((level) => ({
    yAxis: level,
    lineStyle: { type: level === LEVELS[0] ? "solid" : [2, 3] },
    label: { formatter: word("makes", { level, count: number(clientsFor(data, level), 0), all: number(data.count, 0) }), position: "insideEndBottom" },
  }));
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: colour("--line-strong"), type: [2, 3], width: 1 },
    label: text(),
    data: [...borders, ...levels],
  };
}

interface Api { value: (dimension: number) => number; coord: (value: number[]) => number[] }

function bars(data: ParetoData, range: Range): Options {
  const places = placesOf(data);
  const inside = (place: number): boolean => range !== null && place >= range[0] && place <= range[1];
  const [plain, chosen] = [colour("--c-base"), colour("--accent-mid")];
  return {
    type: "custom",
    name: word("share"),
    data: places.map((place, index) => [place, data.values[index] ?? 0]),
    silent: true,
    animation: false,
    zlevel: 0, // a custom series has none by default, and a redraw complains
    renderItem: (_: unknown, api: Api) => {
      const [place, share] = [api.value(0), api.value(1)];
      const [left = 0, top = 0] = api.coord([place - 0.5, share]);
      const [right = 0, bottom = 0] = api.coord([place + 0.5, 0]);
      const width = Math.max((right - left) * 0.78, 1);
      return {
        type: "rect",
        shape: { x: (left + right) / 2 - width / 2, y: Math.min(top, bottom - 0.5), width, height: Math.max(bottom - top, 0.5) },
        style: { fill: inside(place) ? chosen : plain },
      };
    },
  };
}

function curve(data: ParetoData, range: Range, width: number): Options {
  const places = placesOf(data);
  const marked = range !== null && range[1] - range[0] < FEW;
  return {
    type: "line",
    name: word("cumulative"),
    color: colour("--c-fact"),
    lineStyle: { width: 2, color: colour("--c-fact") },
    data: [[0.5, 0], ...places.map((place, index) => [place, data.cumulative[index] ?? 0])],
    symbol: "circle",
    showAllSymbol: true,
    symbolSize: (value: number[]) => (marked && range && (value[0] ?? 0) >= range[0] && (value[0] ?? 0) <= range[1] ? 7 : 0),
    itemStyle: { color: colour("--surface"), borderColor: colour("--c-fact"), borderWidth: 1.6 },
    markArea: zoneArea(data, width),
    markLine: lines(data),
    z: 3,
  };
}

export function paretoOptions(data: ParetoData, label: string, range: Range, width: number): Options {
  const hover = (params: unknown): HTMLElement => {
    const place = Math.round((params as { value: number[] }[])[0]?.value[0] ?? 1);
    const index = placesOf(data).indexOf(place);
    const share = index < 0 ? null : data.values[index];
    return tip(data.names?.[index] ?? `${word("place")} ${number(place, 0)}`, [
      [word("share"), share === null || share === undefined ? "—" : number(share), colour("--c-base")],
      [word("cumulative"), number(cumulativeAt(data, place)), colour("--c-fact")],
    ]);
  };
  return {
    ...base(label),
    grid: { left: 8, right: 12, top: TOP, bottom: 4, containLabel: true },
    tooltip: tooltip("axis", hover),
    brush: {
      xAxisIndex: 0,
      brushType: "lineX",
      brushMode: "single",
      transformable: true,
      removeOnClick: true,
      brushStyle: { color: "transparent", borderColor: colour("--accent"), borderWidth: 1 },
      outOfBrush: { colorAlpha: 1 },
      throttleType: "debounce",
      throttleDelay: 100,
    },
    xAxis: {
      type: "value",
      min: 0.5,
      max: data.count + 0.5,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisTick: { show: false },
      axisLabel: { ...text(), formatter: (value: number) => number(Math.max(Math.round(value), 1), 0), hideOverlap: true },
    },
    yAxis: { type: "value", min: 0, max: 100, interval: 20, axisLine: { show: false }, axisTick: { show: false }, axisLabel: text(), splitLine: { lineStyle: { color: colour("--c-grid") } } },
    series: [bars(data, range), curve(data, range, width)],
  };
}
