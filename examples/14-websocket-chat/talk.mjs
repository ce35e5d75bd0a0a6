// Two clients, as two browsers would be.
const [url] = process.argv.slice(2);
const PATIENCE = 20_000;

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A client with the messages that came for it, in their order. */
class Client {
  #socket;
  #come = [];
  #waiting = [];

  static async connect(query) {
    const client = new Client();
    const socket = new WebSocket(url + query);
    client.#socket = socket;
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      const waiting = client.#waiting.shift();
      waiting ? waiting(message) : client.#come.push(message);
    };
    await within(
      new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error('refused'));
      }),
      'a connection',
    );
    return client;
  }

  next() {
    const come = this.#come.shift();
    return come ? Promise.resolve(come) : within(new Promise((resolve) => this.#waiting.push(resolve)), 'a message');
  }

  send(message) {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  close() {
    this.#socket.close();
  }

  /** The code with which the other side ends the connection. */
  closed() {
    return within(new Promise((resolve) => (this.#socket.onclose = ({ code }) => resolve(code))), 'the end');
  }
}

function check(what, good, seen) {
  if (!good) {
    throw new Error(`${what}: ${JSON.stringify(seen)}`);
  }
  console.log(`ok    ${what}`);
}

const refusal = await Client.connect('').then(() => 'let in', (e) => e.message);
check('who does not say his name is refused', refusal === 'refused', refusal);

const ada = await Client.connect('?name=ada');
const ben = await Client.connect('?name=ben');

ada.send({ action: 'whoami' });
const { you } = await ada.next();
check('a route that answers', typeof you === 'string', you);

ada.send({ action: 'say', text: 'Is anybody there?' });
for (const client of [ada, ben]) {
  const heard = await client.next();
  check('everybody hears it', heard.from === you && heard.text === 'Is anybody there?', heard);
}

ben.send({ action: 'sing' });
const wrong = await ben.next();
check('an action that there is not', wrong.message === 'Forbidden', wrong);

const eve = await Client.connect('?name=eve');
ada.send({ action: 'join', room: 'tea' });
ada.send({ action: 'whoami' });
await ada.next();
ada.send({ action: 'say', room: 'tea', text: 'Who is here?' });
const inRoom = await ada.next();
check('who is in a room hears what is said there', inRoom.room === 'tea' && inRoom.text === 'Who is here?', inRoom);

eve.send({ action: 'say', text: 'I must go.' });
for (const client of [ada, ben, eve]) {
  const heard = await client.next();
  check('and nobody else: this is the next that all hear', heard.room === undefined && heard.text === 'I must go.', heard);
}

const end = eve.closed();
eve.send({ action: 'leave' });
check('who leaves is let go by the API', (await end) === 1000, await end);
for (const client of [ada, ben]) {
  const left = await client.next();
  check('and the others hear it', typeof left.left === 'string' && left.left !== you, left);
}

ada.close();
const gone = await ben.next();
check('and hears who has left', gone.left === you, gone);
ben.close();
