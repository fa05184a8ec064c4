/**
 * How the fragments of links begin. They are apart from what reads such links, which is loaded only for a page that was opened
 * by one.
 */

/** A link to a run: share-link.ts. */
export const RUN_LINK = '#run=';
/** A link to an edited program: editing/project-link.ts. */
export const EDIT_LINK = '#edit=';
