/** Popovers stand beside the button that opened them, inside the window. */
const GAP = 4;
const EDGE = 12;

function place(panel: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = from.bottom + GAP + height <= innerHeight - EDGE && anchor.dataset["anchor"] !== "up";
  const top = below ? from.bottom + GAP : Math.max(EDGE, from.top - GAP - height);
  const rightAligned = from.left + width > innerWidth - EDGE;
  const left = rightAligned ? from.right - width : from.left;
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.min(Math.max(EDGE, left), innerWidth - EDGE - width)}px`;
}

export function startPopovers(): void {
  document.addEventListener(
    "toggle",
    (event) => {
      const panel = event.target;
      if (!(panel instanceof HTMLElement) || !panel.popover || !panel.matches(":popover-open")) return;
      const anchor = document.querySelector<HTMLElement>(`[popovertarget="${panel.id}"][data-anchor]`);
      if (!anchor) return;
      place(panel, anchor);
      anchor.setAttribute("aria-expanded", "true");
      const onEnd = (): void => anchor.setAttribute("aria-expanded", "false");
      panel.addEventListener("toggle", onEnd, { once: true });
    },
    true, // toggle does not bubble
  );
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = (event.target as Element).closest<HTMLElement>("[popover]:popover-open");
    const anchor = panel && document.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`);
    if (panel && anchor) place(panel, anchor);
  });
  addEventListener("scroll", (event) => {
    const inside = (event.target as Element).closest?.("[popover]");
    if (!inside) document.querySelectorAll<HTMLElement>(".why-panel:popover-open").forEach((panel) => panel.hidePopover());
  }, { capture: true, passive: true });
}
