/**
 * Takes the published OpenCV.js apart: 10.9 MB of script with the wasm inside as base64 become bare wasm, which browsers
 * stream, compile off the main thread and cache, and a slim ES module of glue.
 *
 * The glue is old Emscripten output. Its embind layer writes source text and runs it with `new Function`, which the
 * app's Content-Security-Policy forbids (`wasm-unsafe-eval` only), and it relies on sloppy mode in two places. Each
 * such place is replaced by an equivalent that does without. A place that is not found exactly once stops the build: then
 * OpenCV.js has changed, and what stands here must be read again.
 */

/** The two halves of OpenCV.js. */
export interface SplitOpenCv {
  /** ES module whose default export takes Emscripten's module hooks and returns the (thenable!) OpenCV object. */
  readonly glue: string;
  readonly wasm: Uint8Array;
}

const dataUrlPrefix = 'data:application/octet-stream;base64,';

/** Splits the text of `@techstark/opencv-js/dist/opencv.js`. Throws where the text is not as expected. */
export function splitOpenCv(source: string): SplitOpenCv {
  const urlStart = source.indexOf(`wasmBinaryFile="${dataUrlPrefix}`);
  if (urlStart < 0) throw new Error('OpenCV.js: the embedded wasm is not where it used to be');
  const base64Start = urlStart + `wasmBinaryFile="${dataUrlPrefix}`.length;
  const base64End = source.indexOf('"', base64Start);
  const wasm = Buffer.from(source.slice(base64Start, base64End), 'base64');
  if (!WebAssembly.validate(wasm)) throw new Error('OpenCV.js: the embedded wasm is not valid');

  let script = `${source.slice(0, urlStart)}wasmBinaryFile="opencv.wasm${source.slice(base64End)}`;
  for (const [from, to, replacement] of replacements) script = replaceOnce(script, from, to, replacement);

  const factoryStart = indexOfOnce(script, 'function(cv) {\n  cv = cv || {};');
  const factoryEnd = indexOfOnce(script, '\n\n  return cv\n}\n') + '\n\n  return cv\n}'.length;
  const factory = script.slice(factoryStart, factoryEnd);
  if (/\bnew Function\b|\bnew_\(Function\b|\beval\(/.test(factory)) {
    throw new Error('OpenCV.js: the glue still makes code from text');
  }
  // The branches for Node stay behind, dead; a bundler must not take their `require` for an import.
  return { glue: `const _scriptDir = undefined, require = undefined;\nexport default ${factory}\n`, wasm };
}

/** Start and end (both included) of the text that goes, and what takes its place. */
const replacements: readonly (readonly [from: string, to: string, replacement: string])[] = [
  // Always the browser's half: the Node half calls `require`, which no ES module has.
  ['ENVIRONMENT_HAS_NODE=typeof process===', '=="string";', 'ENVIRONMENT_HAS_NODE=false;'],
  [
    'function createNamedFunction(name,body){',
    '(body)}',
    `function createNamedFunction(name,body){
return Object.defineProperty(function(){return body.apply(this,arguments)},"name",{value:makeLegalFunctionName(name)})}`,
  ],
  [
    'function makeDynCaller(dynCall){',
    '(dynCall,rawFunction)}',
    `function makeDynCaller(dynCall){
var count=signature.length-1;
return function(){
var args=[rawFunction];
for(var i=0;i<count;++i)args.push(arguments[i]);
return dynCall.apply(null,args)}}`,
  ],
  [
    'function craftInvokerFunction(humanName,argTypes,classType,cppInvokerFunc,cppTargetFunc){',
    'return invokerFunction}',
    // Wire values are laid out as the call wants them: [fn, this of a method, arg0, arg1 ...].
    `function craftInvokerFunction(humanName,argTypes,classType,cppInvokerFunc,cppTargetFunc){
if(argTypes.length<2)throwBindingError("argTypes array size mismatch! Must at least get return value and 'this' types!");
var retType=argTypes[0],classParam=argTypes[1],params=argTypes.slice(2),expected=params.length;
var isMethod=classParam!==null&&classType!==null;
var returns=retType.name!=="void";
var needsStack=argTypes.slice(1).some(function(type){return type!==null&&type.destructorFunction===undefined});
var wiredTypes=isMethod?[classParam].concat(params):params;
return function(){
if(arguments.length!==expected)throwBindingError("function "+humanName+" called with "+arguments.length+" arguments, expected "+expected+" args!");
var destructors=needsStack?[]:null;
var wired=[cppTargetFunc];
if(isMethod)wired.push(classParam.toWireType(destructors,this));
for(var i=0;i<expected;++i)wired.push(params[i].toWireType(destructors,arguments[i]));
var rv=cppInvokerFunc.apply(null,wired);
if(needsStack)runDestructors(destructors);
else for(var i=0;i<wiredTypes.length;++i){var destroy=wiredTypes[i].destructorFunction;if(destroy!==null)destroy(wired[i+1])}
if(returns)return retType.fromWireType(rv)}}`,
  ],
  [
    'function __emval_get_method_caller(argCount,argTypes){',
    'return __emval_addMethodCaller(invokerFunction)}',
    `function __emval_get_method_caller(argCount,argTypes){
var types=__emval_lookupTypes(argCount,argTypes),retType=types[0],params=types.slice(1);
return __emval_addMethodCaller(function(handle,name,destructors,args){
var offset=0;
var values=params.map(function(type){var value=type.readValueFromPointer(args+offset);offset+=type["argPackAdvance"];return value});
var rv=handle[name].apply(handle,values);
params.forEach(function(type,i){if(type["deleteObject"])type.deleteObject(values[i])});
if(!retType.isVoid)return retType.toWireType(destructors,rv)})}`,
  ],
  // Called without \`new\`, these write to the global object in sloppy mode and throw in a module.
  ['this.minLoc=Point(0,0);this.maxLoc=Point(0,0)', ';', 'this.minLoc=new Point(0,0);this.maxLoc=new Point(0,0);'],
  ['return Scalar(v,v,v,v)', '}', 'return new Scalar(v,v,v,v)}'],
];

function replaceOnce(script: string, from: string, to: string, replacement: string): string {
  const start = indexOfOnce(script, from);
  const end = script.indexOf(to, start + from.length);
  if (end < 0) throw new Error(`OpenCV.js: "${to}" does not follow "${from}"`);
  return script.slice(0, start) + replacement + script.slice(end + to.length);
}

function indexOfOnce(script: string, text: string): number {
  const start = script.indexOf(text);
  if (start < 0 || script.includes(text, start + 1)) throw new Error(`OpenCV.js: expected exactly one "${text}"`);
  return start;
}
