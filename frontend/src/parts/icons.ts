/** Icons drawn by scripts: the same sprite as the page's. */
const SVG = "http://www.w3.org/2000/svg";

function sprite(): string {
  const href = document.querySelector("svg.icon use")?.getAttribute("href") ?? "";
  return href.split("#")[0] ?? "";
}

export function icon(name: string, size = ""): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${size}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite()}#${name}`);
  svg.append(use);
  return svg;
}
