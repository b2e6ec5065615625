/** A person as a card, drawn once on a canvas with the page's own font and colours. */
import { colour, FONT } from "./theme";
import { RED_LINE, sizeOf, type CentreData, type Person } from "./data";

const SCALE = 2;
const STATE: Record<Person["face"], string> = { enemy: "bad", against: "bad", neutral: "mute", for: "ok", ally: "ok" };
type Pen = CanvasRenderingContext2D;

export async function fontsReady(): Promise<void> {
  const wanted = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 13px ${FONT}`, "Аб Ab"));
  await Promise.allSettled(wanted);
}

export function cardOf(person: Person, data: CentreData): string {
  const { width, height } = sizeOf(person);
  return drawn(width, height, (pen) => {
    ring(pen, 29, 31, person.level);
    const big = person.influence === 5 ? 14 : person.influence <= 2 ? 12 : 13;
    text(pen, person.name, 54, 27, { size: big, weight: 600, width: width - 64 });
    text(pen, person.post, 54, 43, { size: 12, colour: "--ink-2", width: width - 64 });
    text(pen, person.role, 11, 67, { size: 12, colour: "--ink-3", width: width - 22 });
    const red = person.noStep || person.uncovered;
    const base = height - 13 - (red ? RED_LINE : 0);
    chip(pen, 10, base, person);
    influence(pen, width - 12, base + 4, person.influence);
    if (red) warning(pen, 11, height - 9, data.words[person.uncovered ? "notCovered" : "noStep"] ?? "", width);
  });
}

export function ghostOf(title: string, data: CentreData): string {
  return drawn(GHOST.width, GHOST.height, (pen) => {
    warning(pen, 12, 26, `${data.words["nobody"] ?? ""}: ${title}`, GHOST.width, 13);
    if (data.places) text(pen, data.words["find"] ?? "", 12, 50, { size: 12, weight: 500, colour: "--accent-ink", width: GHOST.width - 24 });
  });
}
export const GHOST = { width: 200, height: 66 };

function drawn(width: number, height: number, draw: (pen: Pen) => void): string {
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  pen.scale(SCALE, SCALE);
  draw(pen);
  return canvas.toDataURL("image/png");
}

interface Look { size?: number; weight?: number; colour?: string; width?: number; align?: CanvasTextAlign }

function text(pen: Pen, words: string, x: number, y: number, look: Look): number {
  const { size = 13, weight = 400, width = 1000 } = look;
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.fillStyle = colour(look.colour ?? "--ink");
  pen.textAlign = look.align ?? "left";
  let shown = words;
  while (shown.length > 1 && pen.measureText(shown).width > width) shown = `${shown.slice(0, -2).trimEnd()}…`;
  pen.fillText(shown, x, y);
  return pen.measureText(shown).width;
}

/** Three arcs, as many full as the level; the figure stands inside. */
function ring(pen: Pen, x: number, y: number, level: number): void {
  pen.lineWidth = 3;
  pen.lineCap = "round";
  for (let part = 0; part < 3; part += 1) {
    const from = -Math.PI / 2 + (part * 2 * Math.PI) / 3 + 0.16;
    pen.beginPath();
    pen.strokeStyle = colour(part < level ? "--accent" : "--track");
    pen.arc(x, y, 17.5, from, from + (2 * Math.PI) / 3 - 0.32);
    pen.stroke();
  }
  text(pen, `${level}/3`, x, y + 4, { size: 11, weight: 600, colour: "--ink-2", align: "center" });
}

function chip(pen: Pen, x: number, middle: number, person: Person): void {
  const state = STATE[person.face];
  pen.font = `500 12px ${FONT}`;
  const width = pen.measureText(person.word).width + 32;
  pen.beginPath();
  pen.roundRect(x, middle - 10, width, 20, 5);
  pen.fillStyle = colour(`--${state}-soft`);
  pen.fill();
  if (Math.abs(person.attitude) === 2) {
    pen.lineWidth = 1;
    pen.strokeStyle = colour(`--${state}-ink`);
    pen.stroke();
  }
  face(pen, x + 13, middle, Math.sign(person.attitude), colour(`--${state}-ink`));
  text(pen, person.word, x + 24, middle + 4, { size: 12, weight: 500, colour: `--${state}-ink` });
}

function face(pen: Pen, x: number, y: number, mood: number, paint: string): void {
  pen.strokeStyle = pen.fillStyle = paint;
  pen.lineWidth = 1.3;
  pen.beginPath();
  pen.arc(x, y, 5.6, 0, 2 * Math.PI);
  pen.stroke();
  for (const eye of [-2, 2]) {
    pen.beginPath();
    pen.arc(x + eye, y - 1.4, 0.8, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.beginPath();
  if (mood === 0) {
    pen.moveTo(x - 2.2, y + 2.2);
    pen.lineTo(x + 2.2, y + 2.2);
  } else if (mood > 0) pen.arc(x, y + 0.6, 2.5, 0.35, Math.PI - 0.35);
  else pen.arc(x, y + 4.2, 2.5, Math.PI + 0.45, -0.45);
  pen.stroke();
}

function influence(pen: Pen, right: number, bottom: number, value: number): void {
  text(pen, String(value), right, bottom, { size: 12, weight: 500, colour: "--ink-2", align: "right" });
  for (let step = 1; step <= 5; step += 1) {
    const tall = 2 + step * 2;
    pen.fillStyle = colour(step <= value ? "--ink-2" : "--track");
    pen.fillRect(right - 36 + step * 5 - 5, bottom - tall, 3, tall);
  }
}

function warning(pen: Pen, x: number, y: number, words: string, width: number, size = 12): void {
  const paint = colour("--bad-ink");
  pen.strokeStyle = pen.fillStyle = paint;
  pen.lineWidth = 1.3;
  pen.beginPath();
  pen.arc(x + 6, y - 4, 5.6, 0, 2 * Math.PI);
  pen.stroke();
  pen.fillRect(x + 5.4, y - 7.4, 1.3, 4.2);
  pen.fillRect(x + 5.4, y - 2, 1.3, 1.4);
  text(pen, words, x + 16, y, { size, weight: 500, colour: "--bad-ink", width: width - x - 26 });
}
