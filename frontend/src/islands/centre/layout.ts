/** Where everybody stands: the tree of reports, those from outside below it, then what was saved. */
import type { Core, NodeSingular, Position } from "cytoscape";

const GAP = 40;
interface Box { x: number; y: number; w: number; h: number }

/** Arrange all; with `anew` what was saved is passed over. */
export function arrange(cy: Core, anew = false): void {
  const people = cy.nodes(".person");
  const loose = people.filter((node) => node.data("external") && !node.connectedEdges(".reports").length);
  const inside = people.difference(loose);
  inside.union(inside.edgesWith(inside).filter(".reports")).layout({
    name: "dagre", rankDir: "TB", nodeSep: 28, rankSep: 64, edgeSep: 12, fit: false, animate: false,
  } as unknown as cytoscape.LayoutOptions).run();
  if (inside.length > 30) fold(cy, inside.toArray() as NodeSingular[]);
  const box = inside.length ? inside.boundingBox({ includeOverlays: false, includeLabels: false }) : { x1: 0, x2: 600, y2: 0 };
  let bottom = row(cy.nodes(".ghost").toArray() as NodeSingular[], box.x1, box.y2 + GAP);
  if (loose.length) {
    divider(cy, box.x1, Math.max(box.x2, box.x1 + 600), bottom + 22);
    bottom = row(loose.toArray() as NodeSingular[], box.x1, bottom + 44);
  }
  if (!anew) saved(cy);
}

/** Many people without superiors would stand in one endless row: they are folded into several. */
function fold(cy: Core, nodes: NodeSingular[]): void {
  const alone = nodes.filter((node) => !node.connectedEdges(".reports").length);
  if (alone.length < 8) return;
  const others = cy.collection().merge(cy.nodes(".person")).filter((node) => !alone.includes(node as NodeSingular));
  const box = others.length ? others.boundingBox() : { x1: 0, y2: 0 };
  let top = box.y2 + GAP;
  const perRow = Math.ceil(Math.sqrt(alone.length * 1.6));
  for (let start = 0; start < alone.length; start += perRow) top = row(alone.slice(start, start + perRow), box.x1, top) + 8;
}

function row(nodes: NodeSingular[], left: number, top: number): number {
  let x = left;
  let bottom = top;
  for (const node of nodes) {
    node.position({ x: x + node.width() / 2, y: top + node.height() / 2 });
    x += node.width() + 28;
    bottom = Math.max(bottom, top + node.height());
  }
  return nodes.length ? bottom + 20 : top;
}

function divider(cy: Core, left: number, right: number, y: number): void {
  cy.$id("outside-from").position({ x: left, y });
  cy.$id("outside-to").position({ x: right, y });
}

/** Those who were put somewhere stand there; newcomers step aside until they cover nobody. */
function saved(cy: Core): void {
  const put = cy.nodes(".person").filter((node) => Array.isArray(node.data("place")));
  if (!put.length) return;
  put.forEach((node) => {
    const [x, y] = node.data("place") as [number, number];
    node.position({ x, y });
  });
  const taken = (put.toArray() as NodeSingular[]).map((node) => boxOf(node.position(), node));
  const others = cy.nodes(".person, .ghost").difference(put).toArray() as NodeSingular[];
  others.forEach((node) => {
    let place = node.position();
    for (let tries = 0; tries < 200 && taken.some((box) => overlaps(box, boxOf(place, node))); tries += 1) {
      place = { x: place.x + 40, y: place.y + (tries % 12 === 11 ? 60 : 0) };
    }
    node.position(place);
    taken.push(boxOf(place, node));
  });
}

function boxOf(at: Position, node: NodeSingular): Box {
  return { x: at.x, y: at.y, w: node.width() + 16, h: node.height() + 16 };
}

function overlaps(one: Box, other: Box): boolean {
  return Math.abs(one.x - other.x) < (one.w + other.w) / 2 && Math.abs(one.y - other.y) < (one.h + other.h) / 2;
}
