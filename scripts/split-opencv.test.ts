import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { splitOpenCv } from './split-opencv.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('@techstark/opencv-js'), 'utf8');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-split-'));
  const { glue, wasm } = splitOpenCv(source);
  writeFileSync(join(folder, 'opencv.mjs'), glue);
  writeFileSync(join(folder, 'opencv.wasm'), wasm);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Calls each way that the bindings have: constructors, methods, values, vectors, enums, overloads, errors. */
const program = `
  import assert from 'node:assert/strict';
  import { readFileSync } from 'node:fs';
  import createOpenCv from './opencv.mjs';
  assert.throws(() => new Function('return 1'), EvalError);
  const module = await WebAssembly.compile(readFileSync(new URL('./opencv.wasm', import.meta.url)));
  const cv = await new Promise((resolve, reject) => {
    const created = createOpenCv({
      wasmMemory: new WebAssembly.Memory({ initial: 2048, maximum: 16384 }),
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then(receive).catch(reject);
        return {};
      },
      onRuntimeInitialized() { delete created.then; resolve(created); },
      onAbort: reject,
    });
  });
  const colour = new cv.Mat(40, 60, cv.CV_8UC4, new cv.Scalar(200, 100, 50, 255));
  const grey = new cv.Mat();
  cv.cvtColor(colour, grey, cv.COLOR_RGBA2GRAY);
  assert.equal(grey.data[7], Math.round(0.299 * 200 + 0.587 * 100 + 0.114 * 50));
  cv.rectangle(grey, new cv.Point(10, 10), new cv.Point(30, 25), new cv.Scalar(255), -1);
  assert.equal(cv.minMaxLoc(grey, new cv.Mat()).maxVal, 255);
  cv.threshold(grey, grey, 200, 255, cv.THRESH_BINARY);
  const contours = new cv.MatVector();
  cv.findContours(grey, contours, new cv.Mat(), cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
  assert.equal(contours.size(), 1);
  assert.deepEqual(cv.boundingRect(contours.get(0)), { x: 10, y: 10, width: 21, height: 16 });
  assert.equal(grey.roi(new cv.Rect(12, 12, 3, 3)).clone().rows, 3);
  assert.deepEqual(cv.mean(colour).map(Math.round), [200, 100, 50, 255]);
  assert.deepEqual(new cv.MinMaxLoc().minLoc, new cv.Point(0, 0));
  assert.deepEqual([...cv.Scalar.all(3)], [3, 3, 3, 3]);
  assert.throws(() => cv.cvtColor(grey), /invalid number of arguments/);
  assert.throws(() => colour.at(), Error);
  try { cv.cvtColor(grey, grey, cv.COLOR_RGBA2GRAY); assert.fail(); }
  catch (cause) { assert.match(cv.exceptionFromPtr(cause).msg, /Bad number of channels/); }
  colour.delete();
  assert.throws(() => colour.rows, /deleted object/);
  process.stdout.write('all calls answered');
`;

it('runs where code from text is forbidden', () => {
  writeFileSync(join(folder, 'program.mjs'), program);
  const run = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', join(folder, 'program.mjs')], {
    encoding: 'utf8',
  });
  expect(`${run.stdout}${run.stderr}`).toBe('all calls answered');
});

it('leaves a small glue and the wasm as it was', () => {
  const { glue, wasm } = splitOpenCv(source);
  expect(glue.length).toBeLessThan(250_000);
  expect(source.includes(Buffer.from(wasm).toString('base64'))).toBe(true);
});

it.each([
  ['another wasm', 'wasmBinaryFile="data:', 'wasmBinaryFile="blob:'],
  ['another binding', 'function craftInvokerFunction(humanName', 'function craftInvoker(humanName'],
  ['a new place that makes code', 'function init_embind(){', 'function init_embind(){eval("1");'],
])('stops where OpenCV.js has changed: %s', (_name, from, to) => {
  expect(source.split(from)).toHaveLength(2);
  expect(() => splitOpenCv(source.replace(from, to))).toThrow(/OpenCV\.js/);
});
