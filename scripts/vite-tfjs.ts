import type { Plugin } from 'vite';

/**
 * The kernels that the networks of models/ are made of. A backend of tfjs brings some 150, which is 200 to 400 kB of code
 * for each; a network that needs another one fails its first test with the kernel's name.
 */
const kernels = [
  'Add',
  'AvgPool',
  'Cast',
  'Concat',
  'Conv2D',
  'DepthToSpace',
  'DepthwiseConv2dNative',
  'FusedConv2D',
  'FusedDepthwiseConv2D',
  'Identity',
  'MaxPool',
  'Mean',
  'Multiply',
  'PadV2',
  'Relu',
  'Relu6',
  'Reshape',
  'ResizeBilinear',
  'Sigmoid',
  'Softmax',
  'Transpose',
];

const backends = ['wasm', 'webgl', 'webgpu'] as const;
type Backend = (typeof backends)[number];

const packageOf = (backend: Backend) => `@tensorflow/tfjs-backend-${backend}/dist`;

/** What Vite's development server has to prepare before a worker asks for it. */
export const tfjsModules = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
  ...backends.flatMap((backend) => [
    `${packageOf(backend)}/base.js`,
    ...kernels.map((name) => `${packageOf(backend)}/kernels/${name}.js`),
  ]),
];

/** `virtual:tfjs-wasm`, `-webgl` and `-webgpu`: a backend of tfjs with the kernels above. Register it for the workers. */
export function tfjsBackends(): Plugin {
  return {
    name: 'papel:tfjs-backends',
    enforce: 'pre',
    resolveId(id) {
      return backends.some((backend) => id === `virtual:tfjs-${backend}`) ? `\0${id}` : undefined;
    },
    load(id) {
      const backend = backends.find((name) => id === `\0virtual:tfjs-${name}`);
      return backend && writeModule(backend);
    },
  };
}

/** In the packages, the kernel of `FusedConv2D` is `fusedConv2DConfig`, in its own file. */
function nameOf(kernel: string): string {
  return `${kernel.charAt(0).toLowerCase()}${kernel.slice(1)}Config`;
}

function writeModule(backend: Backend): string {
  return [
    `import { registerKernel } from '@tensorflow/tfjs-core';`,
    ...kernels.map((name) => `import { ${nameOf(name)} } from '${packageOf(backend)}/kernels/${name}.js';`),
    `for (const kernel of [${kernels.map(nameOf).join(', ')}]) registerKernel(kernel);`,
    `export * from '${packageOf(backend)}/base.js';`,
  ].join('\n');
}
