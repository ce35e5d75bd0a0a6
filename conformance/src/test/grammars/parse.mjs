// Reads all sources below the folders given by the grammars of their languages, and says how many there are of each
// language; before that, a line for each place that no rule of the grammar covers.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

const grammars = { '.h': 'objc', '.m': 'objc', '.rb': 'ruby', '.swift': 'swift' };
// The preprocessor puts nothing in their place, which the grammar does not know.
const macros = /^NS_ASSUME_NONNULL_(BEGIN|END)$/gm;
const longest = 80;

const { resolve } = createRequire(import.meta.url);
await Parser.init();
const parsers = new Map();
for (const name of new Set(Object.values(grammars))) {
  const parser = new Parser();
  parser.setLanguage(await Language.load(resolve(`tree-sitter-wasms/out/tree-sitter-${name}.wasm`)));
  parsers.set(name, parser);
}

function* faults(node) {
  if (node.isError || node.isMissing) {
    const found = node.isMissing ? `no ${node.type}` : JSON.stringify(node.text.slice(0, longest));
    yield `${node.startPosition.row + 1}: ${found}`;
  } else if (node.hasError) {
    for (const child of node.children) {
      yield* faults(child);
    }
  }
}

const read = {};
for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = grammars[extname(entry.name)];
    if (!entry.isFile() || name === undefined) {
      continue;
    }
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const tree = parsers.get(name).parse(readFileSync(file, 'utf8').replace(macros, ''));
    for (const fault of faults(tree.rootNode)) {
      console.log(`${file}:${fault}`);
    }
    tree.delete();
    read[name] = (read[name] ?? 0) + 1;
  }
}
console.log(Object.keys(read).sort().map((name) => `${name} ${read[name]}`).join(', '));
