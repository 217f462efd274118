import { policyNames } from '#contract/trusted-types.ts';

/**
 * Digests of the two style elements that react-aria adds to the page: touch-action of pressable elements (usePress) and
 * overscroll of the page behind a dialog on iOS (usePreventScroll). A test recomputes them from the installed package.
 */
export const reactAriaStyleDigests = [
  'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=',
  'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg=',
] as const;

/** Other servers that the page may ask: a CDN, whose files are verified whatever it sends, and an API elsewhere. */
export interface OtherServers {
  readonly cdnBase: string | null;
  readonly apiBase: string | null;
}

function contentSecurityPolicy({ cdnBase, apiBase }: OtherServers): string {
  const others = new Set([cdnBase, apiBase].flatMap((base) => (base === null ? [] : [new URL(base).origin])));
  return [
    "default-src 'self'",
    // OpenCV, HEIC and PDF decoders are WebAssembly, in the page's policy and in that of each worker's own response.
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' ${reactAriaStyleDigests.map((digest) => `'${digest}'`).join(' ')}`,
    "worker-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...others].join(' '),
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    // Scripts run by text, and markup made of text, only as contract/trusted-types.ts lets them.
    "require-trusted-types-for 'script'",
    ['trusted-types', ...policyNames].join(' '),
  ].join('; ');
}

/** The camera takes pages and Web Share hands on the PDF, for this page only. Everything else is off. */
const permissionsPolicy = [
  'camera=(self)',
  'web-share=(self)',
  ...[
    'accelerometer',
    'autoplay',
    'bluetooth',
    'browsing-topics',
    'clipboard-read',
    'display-capture',
    'encrypted-media',
    'fullscreen',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'otp-credentials',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'xr-spatial-tracking',
  ].map((name) => `${name}=()`),
].join(', ');

export function securityHeaders(
  others: OtherServers = { cdnBase: null, apiBase: null },
): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(others),
    // Both together make the page cross-origin isolated, which WebAssembly threads need.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': permissionsPolicy,
    'Referrer-Policy': 'no-referrer',
    // Browsers ignore it over plain HTTP; behind a TLS proxy this server cannot tell, so it is always there. Two years.
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
