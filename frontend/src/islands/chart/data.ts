/** What a chart is given, as JSON from the page or from an address. */
export type Role = "fact" | "plan" | "base" | "mid" | "ok" | "warn" | "bad" | "mute";

export interface Series {
  name: string;
  values: (number | null)[];
  role?: Role;
  type?: "line" | "bars";
}

export interface SeriesData {
  labels: string[];
  series: Series[];
  unit?: string;
  horizontal?: boolean;
  area?: boolean;
  marks?: { value: number; label?: string }[];
}

export interface HeatmapData {
  x: string[];
  y: string[];
  values: [number, number, number | null][];
  unit?: string;
  x_name?: string;
  y_name?: string;
}

export interface Point {
  x: number;
  y: number;
  name: string;
  size?: number;
  href?: string;
  state?: Role;
}

export interface ScatterData {
  points: Point[];
  x_name: string;
  y_name: string;
}

export interface Zone {
  letter: string;
  until: number;
  share: number;
  count: number;
}

export interface ParetoData {
  /** Share of each drawn place, %. */
  values: number[];
  /** Places drawn; with very many clients only some of them. 1, 2, 3 … if left out. */
  places?: number[];
  cumulative: number[];
  count: number;
  zones: Zone[];
  names?: string[];
  selected?: [number, number];
}

export type Kind = "line" | "bars" | "stack" | "heatmap" | "scatter" | "pareto";
export interface Table {
  head: string[];
  rows: (string | number | null)[][];
}
