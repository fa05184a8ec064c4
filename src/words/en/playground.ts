/** The playground before its editor is there. */
export const words = {
  notLoaded: 'Could not load the playground: the network did not answer. Check the connection and choose again.',
};
