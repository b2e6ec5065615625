/** <kamerton-dropzone>: a file input one can drop on; shows the names and how much was sent. */
import { number, word } from "../parts/words";

class Dropzone extends HTMLElement {
  private form: HTMLFormElement | null = null;

  connectedCallback(): void {
    this.form = this.closest("form");
    this.addEventListener("dragover", this.onOver);
    this.addEventListener("dragleave", this.onLeave);
    this.addEventListener("drop", this.onLeave);
    this.addEventListener("change", this.onChoose);
    this.form?.addEventListener("htmx:xhr:progress", this.onProgress);
    this.setAttribute("data-ready", "");
  }

  disconnectedCallback(): void {
    this.form?.removeEventListener("htmx:xhr:progress", this.onProgress);
  }

  private onOver = (event: Event): void => {
    event.preventDefault();
    this.setAttribute("data-over", "");
  };

  /** The input covers the zone: the browser itself puts the dropped files into it. */
  private onLeave = (): void => this.removeAttribute("data-over");

  private onChoose = (event: Event): void => {
    const files = [...((event.target as HTMLInputElement).files ?? [])];
    const lines = files.map((file) => {
      const line = document.createElement("li");
      const size = document.createElement("small");
      const big = file.size >= 1024 * 1024;
      size.textContent = new Intl.NumberFormat(document.documentElement.lang, {
        style: "unit",
        unit: big ? "megabyte" : "kilobyte",
        maximumFractionDigits: big ? 1 : 0,
      }).format(file.size / (big ? 1024 * 1024 : 1024));
      line.append(file.name, size);
      return line;
    });
    this.querySelector(".files")?.replaceChildren(...lines);
  };

  private onProgress = (event: Event): void => {
    const { loaded, total } = (event as CustomEvent<{ loaded: number; total: number }>).detail;
    if (!total) return;
    const bar = this.querySelector("progress") ?? this.appendChild(document.createElement("progress"));
    bar.max = total;
    bar.value = loaded;
    bar.setAttribute("aria-label", word("uploaded", { percent: number((loaded / total) * 100, 0) }));
  };
}

customElements.define("kamerton-dropzone", Dropzone);
