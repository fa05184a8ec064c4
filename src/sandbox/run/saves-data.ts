/** True if the reader asked the browser to save data (Network Information API); nothing is then loaded ahead. */
export function savesData(): boolean {
  return 'connection' in navigator && (navigator.connection as { readonly saveData?: boolean }).saveData === true;
}
