/** Native dialogs: opened by a button or by what the server sends into #dialog-content. */
function open(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>("[autofocus], .dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea")?.focus();
}

function closest(target: Element): HTMLDialogElement | null {
  return target.closest("dialog");
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset["dialogOpen"] ?? "");
    if (dialog instanceof HTMLDialogElement) open(dialog);
    return;
  }
  const closer = target.closest("[data-dialog-close]");
  const dialog = closest(target);
  if (closer && dialog) {
    event.preventDefault();
    dialog.close();
  } else if (target instanceof HTMLDialogElement && outside(target, event)) {
    if (!target.querySelector("form[data-dirty]")) target.close();
  }
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

export function startDialogs(): void {
  document.addEventListener("click", onClick);
  document.querySelectorAll<HTMLDialogElement>("dialog[data-open]").forEach(open);
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.target as Element;
    if (target.id !== "dialog-content" || !target.childElementCount) return;
    const dialog = closest(target);
    if (dialog) open(dialog);
  });
  document.addEventListener("dialog-close", () => {
    document.querySelectorAll<HTMLDialogElement>("dialog[open]").forEach((dialog) => dialog.close());
  });
  document.getElementById("dialog")?.addEventListener("close", () => {
    document.getElementById("dialog-content")?.replaceChildren();
  });
}
