/** The parts of the peers that are used. They are installed in evaluate/peers on demand, so nothing else can name them. */

declare module 'jscanify-browser' {
  interface Corner {
    readonly x: number;
    readonly y: number;
  }
  interface Contour {
    delete(): void;
  }
  export default class JScanify {
    findPaperContour(picture: unknown): Contour | null;
    getCornerPoints(contour: Contour): {
      readonly topLeftCorner?: Corner;
      readonly topRightCorner?: Corner;
      readonly bottomLeftCorner?: Corner;
      readonly bottomRightCorner?: Corner;
    };
  }
}

declare module 'scanic-browser' {
  interface Corner {
    readonly x: number;
    readonly y: number;
  }
  export function initialize(): Promise<unknown>;
  export function scanDocument(
    image: ImageBitmap,
    options: { mode: 'detect'; detector: 'classical'; maxProcessingDimension: number },
  ): Promise<{
    readonly success: boolean;
    readonly confidence?: number | null;
    readonly corners: Record<'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft', Corner> | null;
  }>;
}

/** OpenCV as jscanify wants it: in a global. */
declare const cv: {
  matFromImageData(image: ImageData): { delete(): void };
};
