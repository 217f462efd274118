/* In a file of its own, so that the build names its chunk and only devices with WebGPU fetch it. */
import 'virtual:tfjs-webgpu';
