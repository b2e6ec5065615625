/** <kamerton-sliders total="100">: moving one weight, the others give way so that the sum stays. */
export {};
const CALM = 250; // ms after the last move until the form hears of it

class Sliders extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener("input", this.onInput);
    this.addEventListener("change", this.onChange, true);
    this.closest("form")?.addEventListener("reset", this.onReset);
    this.inputs().forEach((input) => this.paint(input));
    this.setAttribute("data-ready", "");
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.closest("form")?.removeEventListener("reset", this.onReset);
  }

  private inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type="range"]')];
  }

  private onInput = (event: Event): void => {
    const moved = event.target as HTMLInputElement;
    if (this.hasAttribute("total")) this.balance(moved);
    this.inputs().forEach((input) => this.paint(input));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tell(), CALM);
  };

  /** The browser's own change comes at release; ours, after the calm, replaces it. */
  private onChange = (event: Event): void => {
    if (event.isTrusted) event.stopPropagation();
  };

  private onReset = (): void => {
    window.setTimeout(() => {
      this.inputs().forEach((input) => this.paint(input));
      this.tell();
    });
  };

  private tell(): void {
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private paint(input: HTMLInputElement): void {
    const [min, max, value] = [Number(input.min), Number(input.max), Number(input.value)];
    input.style.setProperty("--fill", `${((value - min) / (max - min || 1)) * 100}%`);
    const slider = input.closest<HTMLElement>(".slider");
    const was = slider?.dataset["was"];
    slider?.classList.toggle("changed", was !== undefined && Number(was) !== value);
    const output = slider?.querySelector("output");
    if (output) output.textContent = String(value);
  }

  /** Spread what is left over the others in proportion to their weights, in whole steps. */
  private balance(moved: HTMLInputElement): void {
    const total = Number(this.getAttribute("total"));
    const others = this.inputs().filter((input) => input !== moved && !input.disabled);
    const left = Math.max(total - Number(moved.value), 0);
    const sum = others.reduce((all, input) => all + Number(input.value), 0);
    const step = Number(moved.step) || 1;
    const parts = others.map((input) => {
      const exact = (sum ? (Number(input.value) / sum) * left : left / others.length) / step;
      return { input, whole: Math.floor(exact), rest: exact % 1 };
    });
    let spare = Math.round(left / step) - parts.reduce((all, part) => all + part.whole, 0);
    for (const part of parts.toSorted((a, b) => b.rest - a.rest)) {
      if (spare-- > 0) part.whole += 1;
    }
    for (const part of parts) part.input.value = String(part.whole * step);
  }
}

customElements.define("kamerton-sliders", Sliders);
