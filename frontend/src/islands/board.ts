/** <kamerton-board>: cards are dragged between columns; the server says whether a reason is needed. */
import { htmx } from "../parts/htmx";

class Board extends HTMLElement {
  private dragged: HTMLElement | null = null;

  connectedCallback(): void {
    this.addEventListener("dragstart", this.onStart);
    this.addEventListener("dragend", this.onEnd);
    this.addEventListener("dragover", this.onOver);
    this.addEventListener("dragleave", this.onLeave);
    this.addEventListener("drop", this.onDrop);
    this.setAttribute("data-ready", "");
  }

  private onStart = (event: DragEvent): void => {
    const card = (event.target as Element).closest<HTMLElement>("[data-move]");
    if (!card || !event.dataTransfer) return;
    this.dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector("a")?.textContent ?? "");
    card.classList.add("dragged");
    const home = card.closest("[data-stage]");
    this.querySelectorAll("[data-stage]").forEach((one) => one.classList.toggle("target", one !== home));
  };

  private onEnd = (): void => {
    this.dragged?.classList.remove("dragged");
    this.dragged = null;
    this.querySelectorAll("[data-stage]").forEach((one) => one.classList.remove("target", "over"));
  };

  private target(event: Event): HTMLElement | null {
    const place = (event.target as Element).closest<HTMLElement>("[data-stage]");
    return this.dragged && place && !place.contains(this.dragged) ? place : null;
  }

  private onOver = (event: DragEvent): void => {
    const place = this.target(event);
    if (!place) return;
    event.preventDefault();
    place.classList.add("over");
  };

  private onLeave = (event: DragEvent): void => {
    const place = this.target(event);
    if (place && !place.contains(event.relatedTarget as Node | null)) place.classList.remove("over");
  };

  private onDrop = (event: DragEvent): void => {
    const place = this.target(event);
    const address = this.dragged?.dataset["move"];
    if (!place || !address) return;
    event.preventDefault();
    const values = { to: place.dataset["stage"] ?? "", on: "board" };
    void htmx.ajax("post", address, { source: this, target: "#board", swap: "outerHTML", values });
  };
}

customElements.define("kamerton-board", Board);

export {};
