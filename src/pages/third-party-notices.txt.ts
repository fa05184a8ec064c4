/** The notices travel with the files they are about. */
import notices from '../../THIRD-PARTY-NOTICES.md?raw';

/** `/third-party-notices.txt` */
export function GET(): Response {
  return new Response(notices, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
