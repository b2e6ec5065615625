/** What the map of a buying centre is given, as JSON from the page. */
export interface Person {
  id: number;
  name: string;
  initials: string;
  post: string;
  roles: string[];
  role: string;
  attitude: number;
  face: "enemy" | "against" | "neutral" | "for" | "ally";
  word: string;
  influence: number;
  level: number;
  external: boolean;
  up: number | null;
  ours: number[];
  noStep: boolean;
  uncovered: boolean;
  place: [number, number] | null;
}

export interface MapLine {
  id: number;
  kind: "influence" | "conflict";
  from: number;
  to: number;
  note: string;
  assumed: boolean;
}

export interface CentreData {
  centre: number;
  places: string;
  people: Person[];
  lines: MapLine[];
  missing: { role: string; title: string }[];
  words: Record<string, string>;
}

/** Width and height of a card: influence is its size. */
const SIZES: Record<number, [number, number]> = { 5: [212, 112], 4: [200, 110], 3: [190, 108], 2: [178, 106], 1: [168, 104] };
export const RED_LINE = 18;

export function sizeOf(person: Person): { width: number; height: number } {
  const [width, height] = SIZES[person.influence] ?? [190, 108];
  return { width, height: height + (person.noStep || person.uncovered ? RED_LINE : 0) };
}
