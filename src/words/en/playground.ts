/** The playground before its editor is there. */
export const words = {
  notLoaded:
    'Could not load the playground. Check the connection and choose again, or reload the page, since the site may have been updated.',
};
