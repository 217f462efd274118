/* In a file of its own, so that the build names its chunk and only devices with a graphics processor fetch it. */
import 'virtual:tfjs-webgl';
