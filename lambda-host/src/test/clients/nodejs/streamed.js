const fs = require('fs');

exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('text/plain');
  switch (event.do) {
    case 'raise':
      throw new TypeError('at once');
    case 'break':
      stream.write('first');
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new TypeError('on the way');
    case 'page':
      stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-Own': 'mine' } });
      stream.write('paged');
      break;
    default:
      stream.write('first');
      while (event.path && !fs.existsSync(event.path)) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      stream.write('second');
  }
  stream.end();
});
