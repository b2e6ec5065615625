/** The box beside the pointer: elements with classes, as inline styles in markup are refused. */
export function tip(title: string, rows: readonly (readonly [string, string, string])[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const head = document.createElement("b");
  head.textContent = title;
  box.append(head);
  for (const [name, value, paint] of rows) {
    const line = document.createElement("div");
    const left = document.createElement("span");
    if (paint) {
      const dot = document.createElement("i");
      dot.style.background = paint;
      left.append(dot);
    }
    left.append(name);
    const right = document.createElement("span");
    right.textContent = value;
    line.append(left, right);
    box.append(line);
  }
  return box;
}
