/** <kamerton-palette search="/search/">: go, find, create from the keyboard. */
export {};
const CALM = 150;

class Palette extends HTMLElement {
  private asked: AbortController | null = null;
  private timer = 0;

  connectedCallback(): void {
    document.addEventListener("kamerton:palette", this.open);
    document.addEventListener("click", this.onClick);
    this.input.addEventListener("input", this.onInput);
    this.dialog.addEventListener("keydown", this.onKey);
    this.setAttribute("data-ready", "");
  }

  disconnectedCallback(): void {
    document.removeEventListener("kamerton:palette", this.open);
    document.removeEventListener("click", this.onClick);
    this.asked?.abort();
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector("dialog") as HTMLDialogElement;
  }

  private get input(): HTMLInputElement {
    return this.querySelector("input") as HTMLInputElement;
  }

  private open = (): void => {
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.show("");
    this.input.focus();
  };

  private onClick = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-palette-open]")) this.open();
    else if (target === this.dialog) this.dialog.close();
    else if (this.dialog.contains(target) && target.closest("a")) this.dialog.close();
  };

  private onInput = (): void => {
    const text = this.input.value.trim();
    this.show(text);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.find(text), CALM);
  };

  /** Keep the pages whose name holds every word; the found records come from the server. */
  private show(text: string): void {
    const words = fold(text).split(/\s+/).filter(Boolean);
    for (const option of this.querySelectorAll<HTMLElement>('[role="group"] [role="option"]')) {
      const name = fold(option.textContent ?? "");
      option.hidden = !words.every((word) => name.includes(word));
    }
    for (const group of this.querySelectorAll<HTMLElement>('[role="group"]')) {
      group.hidden = !group.querySelector('[role="option"]:not([hidden])');
    }
    if (!text) this.querySelector("[data-palette-found]")?.replaceChildren();
    this.mark(0);
  }

  private async find(text: string): Promise<void> {
    const address = this.getAttribute("search");
    const place = this.querySelector("[data-palette-found]");
    if (!address || !place || text.length < 2) return;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const url = `${address}?q=${encodeURIComponent(text)}`;
      const headers = { "HX-Request": "true", "X-Palette": "true" };
      const answer = await fetch(url, { headers, signal: this.asked.signal });
      if (!answer.ok || this.input.value.trim() !== text) return;
      place.innerHTML = await answer.text();
      this.mark(0);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) place.replaceChildren();
    }
  }

  private options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="option"]')].filter((option) => option.offsetParent !== null);
  }

  private mark(index: number): void {
    const options = this.options();
    options.forEach((option, place) => {
      option.id ||= `palette-${place}-${Math.random().toString(36).slice(2, 8)}`;
      option.setAttribute("aria-selected", String(place === index));
    });
    const chosen = options[index];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    const empty = this.querySelector<HTMLElement>(".palette-empty");
    if (empty) empty.hidden = options.length > 0;
  }

  private onKey = (event: KeyboardEvent): void => {
    const options = this.options();
    const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") this.mark(Math.min(here + 1, options.length - 1));
    else if (event.key === "ArrowUp") this.mark(Math.max(here - 1, 0));
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) options[here]?.click();
    else return;
    event.preventDefault();
  };
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

customElements.define("kamerton-palette", Palette);
