package io.portico.lambda;

import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCalls;
import io.portico.lambda.environment.Environments;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How a host is set up.
 *
 * @param programs interpreters by the name of the runtime that they are for
 * @param requiresRoles whether roles have to be made
 */
public record Setup(
    Environments.Limits limits,
    AsyncInvocations.Settings asynchronous,
    Clock clock,
    Map<String, Path> programs,
    boolean requiresRoles) {

  /** One that knows no service of AWS's. */
  public static Setup of(int mostEnvironments) {
    return new Setup(
        new Environments.Limits(mostEnvironments, Duration.ofMinutes(10)),
        new AsyncInvocations.Settings(
            Duration.ofMinutes(1),
            call -> {
              throw new NoEndpointException("no endpoint of " + call.service());
            }),
        Clock.systemUTC(),
        Map.of(),
        false);
  }

  /** The same with other waits before retries and other services. */
  public Setup with(Duration retryDelay, ServiceCalls services) {
    return new Setup(
        limits,
        new AsyncInvocations.Settings(retryDelay, services),
        clock,
        programs,
        requiresRoles);
  }

  /** The same with another clock. */
  public Setup with(Clock other) {
    return new Setup(limits, asynchronous, other, programs, requiresRoles);
  }

  /** The same with other limits of environments. */
  public Setup with(Environments.Limits others) {
    return new Setup(others, asynchronous, clock, programs, requiresRoles);
  }

  /** The same with interpreters of its own choice. */
  public Setup with(Map<String, Path> others) {
    return new Setup(limits, asynchronous, clock, others, requiresRoles);
  }

  /** The same where roles have to be made. */
  public Setup withRoles() {
    return new Setup(limits, asynchronous, clock, programs, true);
  }
}
