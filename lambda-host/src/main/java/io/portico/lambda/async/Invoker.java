package io.portico.lambda.async;

import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.snapshot.FunctionId;

/** Runs functions on events. */
public interface Invoker {

  /** One attempt; waits until it has ended. The alias, where one was named, leads to a version. */
  Attempt attempt(FunctionId id, AsyncEventRecord event, byte[] payload);
}
