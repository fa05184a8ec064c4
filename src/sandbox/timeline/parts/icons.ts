/** Drawn with lines in a box of 16 by 16. */
const ICONS = {
  previous: 'M10 3 5 8l5 5',
  next: 'm6 3 5 5-5 5',
  replay: 'M3.500 8a4.500 4.500 0 1 0 1.800-3.600M3.500 2.500v3h3',
  pause: 'M5.500 3v10M10.500 3v10',
  zoomOut: 'M11 11l3 3M2.500 7a4.500 4.500 0 1 0 9 0 4.500 4.500 0 1 0-9 0M5 7h4',
  zoomIn: 'M11 11l3 3M2.500 7a4.500 4.500 0 1 0 9 0 4.500 4.500 0 1 0-9 0M5 7h4M7 5v4',
  whole: 'M2 4v8M14 4v8M4 8h8M6 6 4 8l2 2M10 6l2 2-2 2',
  save: 'M8 2v8M5 7l3 3 3-3M3 13.500h10',
  copy: 'M6 6h7.500v7.500H6zM3.500 10h-1V2.500H10v1',
} as const;

export type IconName = keyof typeof ICONS;

/** A button of an icon; its name is its tooltip, too. */
export function iconButton(icon: IconName, name: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  showIcon(button, icon, name);
  return button;
}

/** Gives a button another icon and another name. */
export function showIcon(button: HTMLButtonElement, icon: IconName, name: string): void {
  if (button.dataset['icon'] === icon) return;
  button.dataset['icon'] = icon;
  button.ariaLabel = name;
  button.title = name;
  button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
}
