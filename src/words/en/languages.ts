/** Languages that plugins are written in. */
export const words = { go: 'Go', c: 'C', rust: 'Rust' };
