type Child = Node | string | null;

/** An element with a class, attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }

  element.append(...children.filter((c) => c !== null));
  return element;
}

/** Sets text only when it differs, so that a poll without news touches nothing. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setClass(element: HTMLElement, name: string): void {
  if (element.className !== name) {
    element.className = name;
  }
}
