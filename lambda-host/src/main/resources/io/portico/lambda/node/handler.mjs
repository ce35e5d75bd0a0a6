/**
 * Finds the function's handler: `_HANDLER` is `folder/module.export`, and the export may be nested.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errors.mjs';

const require = createRequire(import.meta.url);

/** In AWS's order of preference; source: inferred */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];

/**
 * @param taskRoot    the function's folder
 * @param handlerName the configured handler
 * @returns the handler function
 * @throws {RuntimeError} with one of AWS's init error types, or whatever the module's own code throws
 */
export async function loadHandler(taskRoot, handlerName) {
  const { modulePath, exportPath } = parse(handlerName);
  const module = await load(taskRoot, modulePath);
  const handler = exportPath.split('.').reduce((value, name) => value?.[name], module);
  if (handler === undefined || handler === null) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is not a function`);
  }
  return handler;
}

function parse(handlerName) {
  // AWS: the module's name ends at the first dot behind the last slash, the rest is the path of exports;
  // source: github.com/newrelic/newrelic-lambda-layers/issues/364 (`<path>/process-event.lambda.handler`)
  const name = basename(handlerName);
  const dot = name.indexOf('.');
  if (handlerName.includes('..')) {
    throw new RuntimeError('Runtime.MalformedHandlerName',
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  if (dot < 1 || dot === name.length - 1) {
    throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  }
  return { modulePath: join(dirname(handlerName), name.slice(0, dot)), exportPath: name.slice(dot + 1) };
}

async function load(taskRoot, modulePath) {
  try {
    const file = find(taskRoot, modulePath);
    return isEsModule(file) ? await import(pathToFileURL(file).href) : require(file);
  } catch (error) {
    if (error?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    }
    if (error instanceof SyntaxError) {
      throw syntaxError(error);
    }
    throw error;
  }
}

function find(taskRoot, modulePath) {
  const path = resolve(taskRoot, modulePath);
  for (const extension of EXTENSIONS) {
    if (isFile(path + extension)) {
      return path + extension;
    }
  }
  // AWS: what is not a file of the function may be one of its packages or a layer's, and a folder that does
  // not exist is overlooked; source: github.com/awsdocs/aws-lambda-developer-guide/issues/483
  for (const name of [modulePath, basename(modulePath)]) {
    try {
      return require.resolve(name, { paths: [taskRoot, dirname(path)] });
    } catch {
      // The error below names the module as the handler does.
    }
  }
  const error = new Error(`Cannot find module '${basename(modulePath)}'\nRequire stack:\n- ${require.resolve('./bootstrap.mjs')}`);
  error.code = 'MODULE_NOT_FOUND';
  throw error;
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

/** As Node itself decides for a `.js` file: by the nearest package.json. */
function isEsModule(file) {
  if (!file.endsWith('.js')) {
    return file.endsWith('.mjs');
  }
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const description = join(folder, 'package.json');
    if (existsSync(description)) {
      return JSON.parse(readFileSync(description, 'utf8')).type === 'module';
    }
    if (folder === dirname(folder) || basename(folder) === 'node_modules') {
      return false;
    }
  }
}

/** Node names the place of a syntax error above the message; AWS drops it, here it opens the trace. */
function syntaxError(cause) {
  const error = new RuntimeError('Runtime.UserCodeSyntaxError', `${cause.name}: ${cause.message}`);
  const place = /^((?:file:\/\/)?\/[^\n]*:\d+)\n/.exec(cause.stack ?? '')?.[1];
  if (place !== undefined) {
    error.stack = error.stack.replace(/\n {4}at /, `\n    at ${place}\n    at `);
  }
  return error;
}
