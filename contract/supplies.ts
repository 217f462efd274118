/** What a worker needs besides its own script. The page downloads and checks each once, for all workers. */
import type { TextLanguage } from './text.ts';

/** Where a network may run, from the surest to the rarest. */
export const networkBackends = ['wasm', 'webgl', 'webgpu'] as const;
export type NetworkBackend = (typeof networkBackends)[number];

/** Networks that some room uses, by their names in models/manifest.json. */
export type NetworkName = 'document-detection' | 'handwriting' | 'face-detection' | 'face-detection-yunet';

/** A checked model, and where this device runs it best. */
export interface SuppliedModel {
  /** As models/manifest.json counts its trainings. */
  readonly version: number;
  /** Base name, such as `weights.bin`, to content. */
  readonly files: Readonly<Record<string, ArrayBuffer>>;
  /** As last measured on this device; `wasm` until then. */
  readonly backend: NetworkBackend;
  /** Whether a renderer in software, slower than WebAssembly, does as a graphics processor: for measurements. */
  readonly evenInSoftware: boolean;
}

/** Builds of tfjs' WebAssembly backend, each for what a device can. */
export type TfjsVariant = 'wasm' | 'wasm-simd' | 'wasm-threads';

export interface SuppliedTfjs {
  readonly variant: TfjsVariant;
  readonly wasm: ArrayBuffer;
}

/** Builds of Tesseract's LSTM recogniser, each for what a device can. */
export type TesseractVariant = 'plain' | 'simd' | 'relaxed-simd';

export interface SuppliedTesseract {
  readonly variant: TesseractVariant;
  /** A compiled `WebAssembly.Module`, as above. */
  readonly module: unknown;
}

/** What a language's letters and words look like: a file of Tesseract's. */
export type LanguageSupplyName = `language-${TextLanguage}`;
type LanguageSupplies = { [K in LanguageSupplyName]: ArrayBuffer };

/** The table of supplies: name -> what comes. */
export interface Supplies extends LanguageSupplies {
  /** A compiled `WebAssembly.Module`, which this layer has no name for; the worker checks it. */
  opencv: unknown;
  /** The reader of QR codes, likewise. */
  'code-reader': unknown;
  tfjs: SuppliedTfjs;
  /** The same without threads, for browsers that have them but do not let workers start workers. */
  'tfjs-one-thread': SuppliedTfjs;
  'document-detection': SuppliedModel;
  handwriting: SuppliedModel;
  'face-detection': SuppliedModel;
  /** Where the operator has made it (models/face-detection-yunet); `model-unavailable` elsewhere. */
  'face-detection-yunet': SuppliedModel;
  tesseract: SuppliedTesseract;
}
export type SupplyName = keyof Supplies;

/** How one backend did on this device. */
export interface BackendReading {
  readonly backend: NetworkBackend;
  /** Median of some warm runs. */
  readonly ms: number;
  /** Largest difference of any output value, 0 to 1, from what WebAssembly gives for the same input. */
  readonly difference: number;
}
