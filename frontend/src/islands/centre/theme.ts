/** Colours and the font of the page, for what is drawn on a canvas. */
export const FONT = "'Inter Variable', Inter, system-ui, sans-serif";

export function colour(variable: string): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  return value.startsWith("var(") ? colour(value.slice(4, -1)) : value;
}
