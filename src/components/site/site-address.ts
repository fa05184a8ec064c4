/** Addresses of this site, wherever it is published: at the root of a domain, or in a folder. */

/** @param path from the site's root: `/troubleshooting/` */
export function siteAddress(path: `/${string}`): string {
  return import.meta.env.BASE_URL.replace(/\/$/u, '') + path;
}
