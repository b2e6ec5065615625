/** <kamerton-capture>: the buttons below a text take what is selected in it, else the whole. */
class Capture extends HTMLElement {
  private whole = "";

  connectedCallback(): void {
    this.whole = this.input?.value ?? "";
    document.addEventListener("selectionchange", this.onSelect);
    this.setAttribute("data-ready", "");
  }

  disconnectedCallback(): void {
    document.removeEventListener("selectionchange", this.onSelect);
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input[name="text"]');
  }

  /** A selection elsewhere, or none, leaves the last one: a button takes the focus before it is read. */
  private onSelect = (): void => {
    const selection = document.getSelection();
    const source = this.querySelector("[data-source]");
    const input = this.input;
    if (!selection || !source || !input || !selection.anchorNode || !source.contains(selection.anchorNode)) return;
    const text = selection.toString().trim();
    input.value = text && selection.focusNode && source.contains(selection.focusNode) ? text : this.whole;
  };
}

customElements.define("kamerton-capture", Capture);

export {};
