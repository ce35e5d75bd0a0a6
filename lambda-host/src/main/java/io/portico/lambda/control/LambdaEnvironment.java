package io.portico.lambda.control;

import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.store.Records;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.code.CodeLinks;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.ObjectStore;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.runtime.FunctionLauncher;
import io.portico.lambda.snapshot.FunctionCatalog;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * What every family works with.
 *
 * @param records where functions live
 * @param code where their code lives
 * @param objects where code of buckets comes from
 * @param links where code can be downloaded
 * @param preparations make changed functions ready
 * @param catalog those that can be invoked
 * @param environments run them
 * @param asynchronous takes the events that nobody waits for
 * @param launcher knows which runtimes this machine has
 * @param permissions whether API Gateway invokes only what a function's policy lets it
 * @param requiresRoles whether roles have to be made, and to trust who acts as them
 * @param identities those who can sign
 * @param carrier of the threads that call
 */
record LambdaEnvironment(
    Records records,
    CodeStore code,
    ObjectStore objects,
    CodeLinks links,
    Preparations preparations,
    FunctionCatalog catalog,
    Environments environments,
    AsyncInvocations asynchronous,
    FunctionLauncher launcher,
    boolean permissions,
    boolean requiresRoles,
    Identities identities,
    Carrier carrier,
    Clock clock) {
  // AWS: source: documented, FunctionConfiguration's LastModified: "ISO-8601 format
  // (YYYY-MM-DDThh:mm:ss.sTZD)".
  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Now, as {@code LastModified} says it. */
  String now() {
    return LAST_MODIFIED.format(clock.instant());
  }

  /** Names a state of a function or an alias. */
  static String newRevision() {
    return UUID.randomUUID().toString();
  }
}
