/** Has the variant that a sandbox is in chosen, if it is out of sight; also before its switch works. */
export function showVariant(sandbox: HTMLElement): void {
  const variant = sandbox.closest<HTMLElement>('[data-variant]');
  const around = variant?.parentElement;
  if (variant?.hidden !== true || around === null || around === undefined) return;
  for (const other of around.querySelectorAll<HTMLElement>('[data-variant]')) other.hidden = other !== variant;
  const name = variant.dataset['variant'] ?? '';
  const radio = around.querySelector<HTMLInputElement>(`[data-part="variants"] input[value="${name}"]`);
  if (radio === null) return;
  radio.checked = true;
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}
