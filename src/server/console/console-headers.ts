/**
 * Scripts and styles are files of this server, and nothing that is inserted into the page runs: no address but this server's is
 * asked, no form leads anywhere, and nobody shows the page in a frame.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const everywhere = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** Of the page; that browsers ask for it by TLS only is said where it is served so. */
export function pageHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return {
    ...everywhere,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentPolicy,
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'x-frame-options': 'DENY',
    ...(isSecure && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/** Of what the page is made of. */
export const assetHeaders = { ...everywhere, vary: 'accept-encoding' };
