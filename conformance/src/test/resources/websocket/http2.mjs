// A client of WebSocket over HTTP/2 (RFC 8441) by Node's own HTTP/2: two connections as streams of one.
import { connect } from 'node:http2';

const [origin, path] = process.argv.slice(2);
const PATIENCE = 20_000;

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A frame as clients send it: masked, and short. */
function frame(opcode, payload) {
  const mask = [0x37, 0xfa, 0x21, 0x3d];
  return Buffer.from([0x80 | opcode, 0x80 | payload.length, ...mask, ...payload.map((byte, i) => byte ^ mask[i % 4])]);
}

class Client {
  #stream;
  #come = Buffer.alloc(0);
  #ended = false;
  #heard = () => {};

  constructor(stream) {
    this.#stream = stream;
    stream.on('data', (bytes) => {
      this.#come = Buffer.concat([this.#come, bytes]);
      this.#heard();
    });
    stream.on('end', () => {
      this.#ended = true;
      this.#heard();
    });
  }

  static async connect(session, query) {
    const stream = session.request(
      {
        ':method': 'CONNECT',
        ':protocol': 'websocket',
        ':scheme': new URL(origin).protocol.slice(0, -1),
        ':authority': new URL(origin).host,
        ':path': path + query,
        'sec-websocket-version': '13',
      },
      { endStream: false },
    );
    const head = await within(
      new Promise((resolve, reject) => {
        stream.on('response', resolve);
        stream.on('error', reject);
      }),
      'an answer',
    );
    return { status: head[':status'], client: new Client(stream) };
  }

  send(text) {
    this.#stream.write(frame(1, Buffer.from(text)));
  }

  close() {
    this.#stream.write(frame(8, Buffer.from([0x03, 0xe8])));
  }

  async #until(condition, what) {
    while (!condition()) {
      await within(new Promise((resolve) => (this.#heard = resolve)), what);
    }
  }

  /** The next frame of the server, which is short: its opcode and payload. */
  async next() {
    await this.#until(() => this.#come.length >= 2 && this.#come.length >= 2 + this.#come[1], 'a frame');
    const length = this.#come[1];
    const payload = this.#come.subarray(2, 2 + length);
    const opcode = this.#come[0] & 0x0f;
    this.#come = this.#come.subarray(2 + length);
    return { opcode, payload };
  }

  async end() {
    await this.#until(() => this.#ended, 'the end');
    this.#stream.end();
  }
}

const session = connect(origin, { rejectUnauthorized: false });
const settings = await within(new Promise((resolve) => session.once('remoteSettings', resolve)), 'settings');
console.log('announced', settings.enableConnectProtocol);

const refused = await Client.connect(session, '?name=nobody');
console.log('refused', refused.status);

const one = await Client.connect(session, '?name=ada');
const other = await Client.connect(session, '?name=ben');
console.log('connected', one.status, other.status);
one.client.send('{"action":"echo","text":"one"}');
other.client.send('{"action":"echo","text":"other"}');
console.log('heard', (await other.client.next()).payload.toString());
console.log('heard', (await one.client.next()).payload.toString());

for (const { client } of [one, other]) {
  client.close();
  const { opcode, payload } = await client.next();
  await client.end();
  console.log('closed', opcode, payload.readUInt16BE());
}
session.close();
