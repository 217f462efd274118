import { CodedFailure } from '#contract/failures.ts';
import type { JobReply, SupplyProgress, WorkerRequest } from '#contract/jobs.ts';
import type { BackendReading, NetworkName, SupplyName } from '#contract/supplies.ts';
import type { TextLanguage } from '#contract/text.ts';
import type { ReadCodes } from '#worker/answer-sheets/read-code.ts';
import type { Helper, Recogniser } from '#worker/text/recogniser.ts';
import { HelpDesk } from './help-desk.ts';
import type { Network } from './networks/network.ts';
import { startOpenCv, type RunningOpenCv } from './open-cv.ts';
import { SupplyDesk } from './supply-desk.ts';
import { askForHelper } from './text-helper.ts';
import { TextReader } from './text-reader.ts';

type Report = (progress: SupplyProgress) => void;

/** How the expensive parts start; tests bring their own. */
export interface RuntimeStarts {
  readonly openCv: typeof startOpenCv;
  readonly network: (desk: SupplyDesk, name: NetworkName) => Promise<Network>;
  readonly codeReader: (module: WebAssembly.Module) => Promise<ReadCodes>;
}

/** tfjs comes with the first network and zxing with the first code: a scan without them never loads them. */
const realStarts: RuntimeStarts = {
  openCv: startOpenCv,
  network: async (desk, name) => (await import('./networks/start-network.ts')).startNetwork(desk, name),
  codeReader: async (module) => (await import('./code-reader.ts')).startCodeReader(module),
};

/** OpenCV, networks and the reader of codes for the handlers of one worker: wanted by the first job that needs them, started once. */
export class Runtime {
  readonly #desk: SupplyDesk;
  readonly #helpDesk: HelpDesk;
  readonly #starts: RuntimeStarts;
  #openCv: Promise<RunningOpenCv> | undefined;
  readonly #networks = new Map<NetworkName, Promise<Network>>();
  #codeReader: Promise<ReadCodes> | undefined;
  readonly #textReader: TextReader;
  #reports: Report[] = [];
  #heapBytes = () => 0;

  constructor(ask: (message: JobReply, transfer: Transferable[]) => void, starts: RuntimeStarts = realStarts) {
    this.#desk = new SupplyDesk((message) => ask(message, []));
    this.#helpDesk = new HelpDesk(ask);
    this.#starts = starts;
    this.#textReader = new TextReader(this.#desk);
  }

  /** The started OpenCV. A start that fails is forgotten, so that the next job tries again. */
  async openCv(report?: Report): Promise<RunningOpenCv> {
    if (report) this.#reports.push(report);
    this.#openCv ??= this.#startOpenCv();
    try {
      return await this.#openCv;
    } catch (cause) {
      this.#openCv = undefined;
      throw cause;
    }
  }

  /** A started network. A start that fails is forgotten, too. */
  async network(name: NetworkName): Promise<Network> {
    const started = this.#networks.get(name) ?? this.#starts.network(this.#desk, name);
    this.#networks.set(name, started);
    try {
      return await started;
    } catch (cause) {
      this.#networks.delete(name);
      throw cause;
    }
  }

  /** The started reader of QR codes. A start that fails is forgotten, too. */
  async codeReader(): Promise<ReadCodes> {
    this.#codeReader ??= this.#startCodeReader();
    try {
      return await this.#codeReader;
    } catch (cause) {
      this.#codeReader = undefined;
      throw cause;
    }
  }

  /** Tesseract, set to these languages. */
  async recogniser(languages: readonly TextLanguage[], report?: Report): Promise<Recogniser> {
    return this.#textReader.open(languages, report);
  }

  /** Another worker that reads print in these languages, if the page has one to spare. It begins to start at once. */
  textHelper(languages: readonly TextLanguage[]): Helper {
    return askForHelper(this.#helpDesk, languages);
  }

  /** Runs a network on each backend of this device. */
  async measureBackends(
    name: NetworkName,
    report: (done: number, total: number) => void,
  ): Promise<readonly BackendReading[]> {
    const { measureBackends } = await import('./networks/measure-backends.ts');
    return measureBackends(this.#desk, name, report);
  }

  /** Length of OpenCV's heap, 0 before it was started. */
  heapBytes(): number {
    return this.#heapBytes();
  }

  /** Takes the page's answers; returns whether the message was one. */
  receive(message: WorkerRequest): boolean {
    return this.#desk.receive(message) || this.#helpDesk.receive(message);
  }

  async #startOpenCv(): Promise<RunningOpenCv> {
    try {
      const module = await this.#orderModule('opencv', (progress) => {
        for (const report of this.#reports) report(progress);
      });
      const running = await this.#starts.openCv(module);
      this.#heapBytes = () => running.heapBytes();
      return running;
    } finally {
      this.#reports = [];
    }
  }

  async #startCodeReader(): Promise<ReadCodes> {
    return this.#starts.codeReader(await this.#orderModule('code-reader'));
  }

  async #orderModule(
    name: Extract<SupplyName, 'opencv' | 'code-reader'>,
    report?: Report,
  ): Promise<WebAssembly.Module> {
    const module = await this.#desk.order(name, report);
    if (module instanceof WebAssembly.Module) return module;
    throw new CodedFailure('internal', 'The page sent something else than a wasm module');
  }
}
