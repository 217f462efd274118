// CloudFront Function (cloudfront-js-2.0), before the cache: which file of the bucket an address means. What it cannot
// find stays missing: S3 answers 404, and no page stands in for a script or a model (missing-file.js says it in words).

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
  var wantsPage = valueOf(headers, 'accept').indexOf('text/html') >= 0;
  // Ours alone: it parts what CloudFront keeps, and missing-file.js reads it.
  delete headers['x-papel-page'];
  if (request.uri === '/' || (isScreen && wantsPage)) {
    request.uri = '/index.html';
  } else {
    // No file has such a name, and forms are no files of their own.
    if (isScreen || /\.(?:br|gz)$/.test(request.uri)) request.uri = '/.none';
    if (wantsPage) headers['x-papel-page'] = { value: '1' };
  }
  // A part is always one of the plain file: who goes on with a broken download has unpacked bytes.
  if (!compressed.test(request.uri) || headers.range !== undefined) return request;
  var list = valueOf(headers, 'accept-encoding');
  if (accepts(list, 'br')) request.uri += '.br';
  else if (accepts(list, 'gzip')) request.uri += '.gz';
  return request;
}
