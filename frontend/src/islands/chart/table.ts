/** The same figures as a table and as CSV. */
import { locale, number, word } from "../../parts/words";
import type { HeatmapData, Kind, ParetoData, ScatterData, SeriesData, Table } from "./data";
import { placesOf } from "./pareto";

export function tableOf(kind: Kind, data: unknown): Table {
  switch (kind) {
    case "pareto":
      return paretoTable(data as ParetoData);
    case "heatmap":
      return heatmapTable(data as HeatmapData);
    case "scatter":
      return scatterTable(data as ScatterData);
    default:
      return seriesTable(data as SeriesData);
  }
}

function seriesTable(data: SeriesData): Table {
  const unit = data.unit ? `, ${data.unit}` : "";
  return {
    head: ["", ...data.series.map((series) => series.name + unit)],
    rows: data.labels.map((label, index) => [label, ...data.series.map((series) => series.values[index] ?? null)]),
  };
}

function heatmapTable(data: HeatmapData): Table {
  const cells = new Map(data.values.map(([x, y, value]) => [`${x}:${y}`, value]));
  return {
    head: [data.y_name ?? "", ...data.x],
    rows: data.y.map((name, y) => [name, ...data.x.map((_, x) => cells.get(`${x}:${y}`) ?? null)]),
  };
}

function scatterTable(data: ScatterData): Table {
  return { head: ["", data.x_name, data.y_name], rows: data.points.map((point) => [point.name, point.x, point.y]) };
}

function paretoTable(data: ParetoData): Table {
  const named = data.names !== undefined;
  return {
    head: [word("place"), ...(named ? [""] : []), word("share"), word("cumulative")],
    rows: placesOf(data).map((place, index) => [
      place,
      ...(named ? [data.names?.[index] ?? ""] : []),
      data.values[index] ?? null,
      data.cumulative[index] ?? null,
    ]),
  };
}

export function drawTable(table: Table, caption: string): HTMLElement {
  const frame = document.createElement("div");
  frame.className = "chart-table";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", caption);
  const element = document.createElement("table");
  element.className = "table dense";
  const head = element.createTHead().insertRow();
  table.head.forEach((name, column) => {
    const cell = document.createElement(name ? "th" : "td");
    if (name) cell.setAttribute("scope", "col");
    cell.textContent = name;
    cell.classList.toggle("num", table.rows.some((row) => typeof row[column] === "number"));
    head.append(cell);
  });
  const body = element.createTBody();
  for (const row of table.rows) {
    const line = body.insertRow();
    for (const value of row) {
      const cell = line.insertCell();
      cell.textContent = value === null ? "—" : typeof value === "number" ? number(value, 2) : value;
      cell.classList.toggle("num", typeof value === "number" || value === null);
    }
  }
  frame.append(element);
  return frame;
}

/** CSV as the local spreadsheet reads it: with a semicolon where the comma is the decimal sign. */
export function csv(table: Table): Blob {
  const comma = new Intl.NumberFormat(locale()).format(1.1).includes(",");
  const cell = (value: string | number | null): string => {
    if (value === null) return "";
    if (typeof value === "number") return comma ? String(value).replace(".", ",") : String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value; // a cell must not become a formula
    return `"${safe.replaceAll('"', '""')}"`;
  };
  const lines = [table.head, ...table.rows].map((row) => row.map(cell).join(comma ? ";" : ","));
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
