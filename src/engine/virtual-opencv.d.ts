/** The bare wasm of OpenCV.js, split from its script by scripts/vite-opencv.ts. */
declare module 'virtual:opencv-wasm' {
  export const url: string;
  /** Length of the file, decompressed. */
  export const bytes: number;
  /** Digest of it, 64 hexadecimal digits. */
  export const sha256: string;
}

/** Names the build that page and worker are of; see scripts/build-id.ts. */
declare const __BUILD_ID__: string;
