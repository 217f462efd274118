// CloudFront Function (cloudfront-js-2.0), before the cache: which file of the bucket an address means. What it cannot
// find stays missing: S3 answers 404, and no page stands in for a script or a model.

// Of the files with these endings the bucket has three forms: plain, .br and .gz (deploy/aws/upload-plan.mjs).
var compressed = /\.(?:js|mjs|css|html|json|svg|traineddata|txt|wasm|webmanifest)$/;

function valueOf(headers, name) {
  return headers[name] === undefined ? '' : headers[name].value;
}

function accepts(list, encoding) {
  return list.split(',').some(function (item) {
    var parts = item
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    if (parts[0] !== encoding) return false;
    return !parts.slice(1).some(function (parameter) {
      return /^q=0(?:\.0*)?$/.test(parameter);
    });
  });
}

// oxlint-disable-next-line no-unused-vars -- CloudFront calls it.
function handler(event) {
  var request = event.request;
  var headers = request.headers;
  var lastPart = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  var isScreen = lastPart.indexOf('.') < 0 && request.uri.indexOf('/assets/') !== 0;
  if (request.uri === '/' || (isScreen && valueOf(headers, 'accept').indexOf('text/html') >= 0)) {
    request.uri = '/index.html';
  } else if (isScreen || /\.(?:br|gz)$/.test(request.uri)) {
    // No file has such a name, and forms are no files of their own.
    request.uri = '/.none';
  }
  // A part is always one of the plain file: who goes on with a broken download has unpacked bytes.
  if (!compressed.test(request.uri) || headers.range !== undefined) return request;
  var list = valueOf(headers, 'accept-encoding');
  if (accepts(list, 'br')) request.uri += '.br';
  else if (accepts(list, 'gzip')) request.uri += '.gz';
  return request;
}
