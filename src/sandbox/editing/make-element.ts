/** What an element is given when it is made: properties, `class`, and attributes below `attributes`. */
interface Given {
  readonly class?: string;
  readonly text?: string;
  readonly id?: string;
  readonly hidden?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element with its children. Texts become text nodes, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (given.class !== undefined) element.className = given.class;
  if (given.id !== undefined) element.id = given.id;
  if (given.text !== undefined) element.textContent = given.text;
  if (given.hidden === true) element.hidden = true;
  for (const [key, value] of Object.entries(given.attributes ?? {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Makes a button that does something. */
export function makeButton(
  text: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const button = make('button', { text, attributes: { type: 'button', ...attributes } });
  button.addEventListener('click', onClick);
  return button;
}
