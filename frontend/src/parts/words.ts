/** The words and the locale that the server gave this page. */
type Words = Record<string, string>;

let kept: Words | undefined;

function all(): Words {
  if (!kept) {
    const script = document.getElementById("kamerton-words");
    kept = script ? (JSON.parse(script.textContent ?? "{}") as Words) : {};
  }
  return kept;
}

/** A word by its key, with {names} filled in. */
export function word(key: string, values: Record<string, string | number> = {}): string {
  const text = all()[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const locale = (): string => all()["locale"] ?? document.documentElement.lang ?? "ru";

/** A number in the page's language; at most `digits` decimals. */
export function number(value: number, digits = 1): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A large number short: 6,24 млн. */
export function short(value: number): string {
  const format = { notation: "compact", maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(locale(), format).format(value);
}
