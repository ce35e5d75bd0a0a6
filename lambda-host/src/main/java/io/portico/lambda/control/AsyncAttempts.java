package io.portico.lambda.control;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.lambda.async.Attempt;
import io.portico.lambda.async.Invoker;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.environment.Event;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;

/** Attempts of asynchronous invocations, in the environments in which calls run, too. */
final class AsyncAttempts implements Invoker {
  private static final int NOT_FOUND = 404;

  private final ReadyFunctions functions;
  private final Environments environments;

  AsyncAttempts(LambdaEnvironment environment) {
    this.functions = new ReadyFunctions(environment);
    this.environments = environment.environments();
  }

  @Override
  public Attempt attempt(FunctionId id, AsyncEventRecord event, byte[] payload) {
    FunctionReference reference = new FunctionReference(id, event.qualifier());
    try {
      FunctionSnapshot function = functions.find(reference);
      Invoked invoked =
          environments.invoke(
              function,
              // AWS: the client context is for calls that are waited for; source: documented,
              // Invoke.
              new Event(event.requestId(), reference.arn(), payload, event.traceId(), null, false));
      return invoked.failed()
          ? new Attempt.Failed(function.version(), invoked.payload())
          : new Attempt.Answered(function.version(), invoked.payload());
    } catch (ServiceException e) {
      return e.status() == NOT_FOUND
          ? new Attempt.Gone(e.text())
          : new Attempt.Unavailable(e.text());
    } catch (ConcurrencyException e) {
      return new Attempt.Throttled();
    } catch (IOException e) {
      return new Attempt.Unavailable("No execution environment: " + e.getMessage());
    }
  }
}
