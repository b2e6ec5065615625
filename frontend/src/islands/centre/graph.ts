/** The graph: people and lines as Cytoscape's elements, and how they look in the page's theme. */
import cytoscape, { type Core, type EdgeSingular, type ElementDefinition, type NodeDataDefinition, type StylesheetJson } from "cytoscape";
import dagre from "cytoscape-dagre";
import { colour, FONT } from "./theme";
import { cardOf, GHOST, ghostOf } from "./card";
import { sizeOf, type CentreData } from "./data";

cytoscape.use(dagre);

/** Cytoscape would add a <style> that the content policy refuses; it looks for one by this id. */
function keepStyleOut(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const place = document.createElement("meta");
  place.id = id;
  document.head.append(place);
}

export function begin(container: HTMLElement, data: CentreData): Core {
  keepStyleOut();
  return cytoscape({
    container,
    elements: [...people(data), ...ghosts(data), ...outside(data), ...lines(data)],
    style: look(data),
    minZoom: 0.1,
    maxZoom: 2.5,
    boxSelectionEnabled: false,
    autounselectify: true,
    autoungrabify: !data.places,
    textureOnViewport: data.people.length > 40,
  });
}

function people(data: CentreData): ElementDefinition[] {
  return data.people.map((person) => ({
    data: { ...person, ...sizeOf(person), id: `p${person.id}`, pk: person.id } as NodeDataDefinition,
    classes: `person${person.noStep || person.uncovered ? " red" : ""}`,
  }));
}

function ghosts(data: CentreData): ElementDefinition[] {
  return data.missing.map(({ role, title }) => ({
    data: { id: `g-${role}`, role, title, ...GHOST },
    classes: "ghost",
    grabbable: false,
  }));
}

/** The dotted line above those who are not of the company. */
function outside(data: CentreData): ElementDefinition[] {
  if (!data.people.some((person) => person.external)) return [];
  const quiet = { grabbable: false, selectable: false };
  return [
    { data: { id: "outside-from", label: data.words["outside"] ?? "" }, classes: "mark", ...quiet },
    { data: { id: "outside-to", label: "" }, classes: "mark", ...quiet },
    { data: { id: "outside", source: "outside-from", target: "outside-to" }, classes: "border" },
  ];
}

function lines(data: CentreData): ElementDefinition[] {
  const there = new Set(data.people.map((person) => person.id));
  const reports = data.people
    .filter((person) => person.up !== null && there.has(person.up))
    .map((person) => ({ data: { id: `r${person.id}`, source: `p${person.up}`, target: `p${person.id}` }, classes: "reports" }));
  const drawn = data.lines.map((line) => ({
    data: { id: `l${line.id}`, source: `p${line.from}`, target: `p${line.to}`, label: line.note },
    classes: `${line.kind}${line.assumed ? " assumed" : ""}`,
  }));
  return [...reports, ...drawn];
}

export function look(data: CentreData): StylesheetJson {
  const people = data.people.map((person) => ({
    selector: `#p${person.id}`,
    style: { "background-image": cardOf(person, data) },
  }));
  const ghosts = data.missing.map(({ role, title }) => ({
    selector: `#g-${role}`,
    style: { "background-image": ghostOf(title, data) },
  }));
  return [...rules(), ...people, ...ghosts] as unknown as StylesheetJson;
}

/** How far a line bows: beside a short way a little, along a row below (or above) the cards in it. */
function bend(edge: EdgeSingular, side: 1 | -1): number[] {
  const [from, to] = [edge.source().position(), edge.target().position()];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const row = Math.abs(dy) < 70 && Math.abs(dx) > 260;
  const bow = row ? Math.min(260, 120 + Math.abs(dx) * 0.12) : 40;
  return [bow * side * (row && dx < 0 ? -1 : 1)];
}

function rules(): { selector: string; style: Record<string, unknown> }[] {
  const card = {
    shape: "round-rectangle", "corner-radius": 10, width: "data(width)", height: "data(height)",
    "background-fit": "none", "background-width": "100%", "background-height": "100%", "background-clip": "none",
    "overlay-opacity": 0, "active-bg-opacity": 0,
  };
  const label = { "font-family": FONT.replaceAll("'", ""), "font-size": 12, "text-background-opacity": 1, "text-background-color": colour("--bg"), "text-background-padding": "3px" };
  return [
    { selector: "node.person", style: { ...card, "background-color": colour("--surface"), "border-width": 1, "border-color": colour("--line-strong") } },
    { selector: "node.person.red", style: { "border-color": colour("--bad-mark"), "border-width": 1.5 } },
    { selector: "node.person.chosen", style: { "border-color": colour("--accent"), "border-width": 2.5 } },
    { selector: "node.ghost", style: { ...card, "background-color": colour("--bad-soft"), "background-opacity": 0.5, "border-width": 1.5, "border-style": "dashed", "border-color": colour("--bad-mark") } },
    { selector: "node.mark", style: { width: 1, height: 1, "background-opacity": 0, label: "data(label)", ...label, color: colour("--ink-3"), "text-halign": "right", "text-valign": "center", events: "no" } },
    { selector: "edge", style: { "curve-style": "bezier", width: 1.5, "line-color": colour("--control-line"), "overlay-opacity": 0, events: "no" } },
    { selector: "edge.border", style: { "curve-style": "straight", width: 1, "line-style": "dotted", "line-color": colour("--control-line") } },
    { selector: "edge.reports", style: { "curve-style": "round-taxi", "taxi-direction": "downward", "taxi-turn": "26px", "taxi-radius": 8 } },
    { selector: "edge.influence", style: { "curve-style": "unbundled-bezier", "control-point-distances": (edge: EdgeSingular) => bend(edge, -1), "control-point-weights": [0.5], width: 1.5, "line-color": colour("--accent"), "target-arrow-shape": "triangle", "target-arrow-color": colour("--accent"), "arrow-scale": 0.9, label: "data(label)", ...label, color: colour("--accent-ink") } },
    { selector: "edge.conflict", style: { "curve-style": "unbundled-bezier", "control-point-distances": (edge: EdgeSingular) => bend(edge, 1), "control-point-weights": [0.5], width: 1.5, "line-style": "dashed", "line-color": colour("--bad-mark"), label: "data(label)", ...label, color: colour("--bad-ink"), "font-weight": 500 } },
    { selector: "edge.assumed", style: { "line-opacity": 0.65 } },
    { selector: ".faded", style: { opacity: 0.18 } },
  ];
}
