package io.portico.lambda.code;

import io.portico.lambda.model.CodeRecord;

/**
 * Code that a call has brought. It is there until this is closed, whether a record names it or not;
 * what no record names by then is deleted.
 *
 * @param release run when this is closed
 */
public record Kept(CodeRecord code, Runnable release) implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
