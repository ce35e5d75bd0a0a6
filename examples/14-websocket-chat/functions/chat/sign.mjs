import { createHash, createHmac } from 'node:crypto';

const hex = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** The headers that sign a request with the credentials that Lambda gives a function (Signature Version 4). */
export function signed(method, url, body, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_REGION: region }) {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const headers = { host: url.host, 'x-amz-date': time, ...(token && { 'x-amz-security-token': token }) };
  const names = Object.keys(headers).sort();
  const request = [
    method,
    url.pathname.split('/').map(encodeURIComponent).join('/'),
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hex(body),
  ].join('\n');
  const key = [time.slice(0, 8), region, 'execute-api', 'aws4_request'].reduce(hmac, `AWS4${secret}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hex(request)].join('\n')).toString('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
