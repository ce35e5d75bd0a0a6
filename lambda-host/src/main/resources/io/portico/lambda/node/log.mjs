/**
 * The function's console, written as AWS's runtimes write it.
 *
 * Lines are written synchronously: everything printed before a response must stand in the pipe before
 * the response is posted, or the host would take it for the next invocation's.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
import { writeSync } from 'node:fs';
import { format } from 'node:util';
import { isError, loggedError, loggedErrorJson } from './errors.mjs';

const STDOUT = 1;
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };

const asJson = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
// AWS: levels filter JSON lines only; source: monitoring-cloudwatchlogs-log-level.html
const lowest = asJson ? LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()) : -1;

/** The invocation that lines belong to: the last one begun; none during init. */
let requestId;

export function logFor(id) {
  requestId = id;
}

/** Puts AWS's format behind `console`. */
export function patchConsole() {
  for (const [method, level] of Object.entries(METHODS)) {
    console[method] = (...message) => log(level, message);
  }
}

/** Logs an error that ended an invocation or the process; `what` is AWS's name for how it did. */
export function logError(what, error) {
  if (asJson) {
    log('ERROR', [error]);
  } else {
    log('ERROR', [`${what} \t${loggedErrorJson(error)}`]);
  }
}

function log(level, message) {
  if (LEVELS.indexOf(level) < lowest) {
    return;
  }
  const time = new Date().toISOString();
  if (asJson) {
    writeLine(jsonLine(time, level, message));
    return;
  }
  // A newline would begin a log event of its own. AWS: `\r` does not; source: recorded, facts INV-13
  writeLine(`${time}\t${requestId}\t${level}\t${format(...message).replace(/\n/g, '\r')}`);
}

/**
 * AWS: one argument keeps its structure, several become one text, to which the first error among them is
 * added; source: nodejs-logging.html and github.com/awslabs/llrt/issues/224
 */
function jsonLine(timestamp, level, message) {
  const line = { timestamp, level, requestId };
  if (message.length === 1) {
    line.message = isError(message[0]) ? loggedError(message[0], 'stackTrace') : message[0];
  } else {
    line.message = format(...message);
    const error = message.find(isError);
    if (error !== undefined) {
      const { errorType, errorMessage, stackTrace } = loggedError(error, 'stackTrace');
      Object.assign(line, { errorType, errorMessage, stackTrace });
    }
  }
  try {
    // JSON leaves undefined and functions out, and the message with them.
    const json = JSON.stringify(line);
    return line.message !== undefined && typeof line.message !== 'function'
      ? json : JSON.stringify({ ...line, message: format(...message) });
  } catch {
    return JSON.stringify({ timestamp, level, requestId, message: format(...message) });
  }
}

function writeLine(line) {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(STDOUT, bytes, written);
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        return; // Nobody reads the log any more, and there is no other place to say so.
      }
      pause();
    }
  }
}

/** The pipe is full, and the function may not go on before its line is written. */
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
