package io.portico.lambda.async;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.AsyncEventRecord.Target;
import io.portico.lambda.model.EventInvokeRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.RecursionRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for an event now: its qualifier's configuration of asynchronous invocation, and what
 * its function says.
 *
 * @param retries how often an invocation that failed is repeated
 * @param longestAge how old an event may become before it is attempted
 * @param onSuccess the ARN of where a record of a successful invocation goes, or null
 * @param onFailure the same for one that has failed for good
 * @param deadLetter the ARN of where the event of one goes that has failed for good, or null
 * @param closedOff whether the function's reserved concurrency is zero
 * @param endsLoops whether it is not to run in a recursive loop
 */
record EventSettings(
    int retries,
    Duration longestAge,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    @Nullable String deadLetter,
    boolean closedOff,
    boolean endsLoops) {
  // AWS: source: documented, PutFunctionEventInvokeConfig: twice, "for up to six hours".
  private static final int RETRIES = 2;
  private static final Duration LONGEST_AGE = Duration.ofHours(6);

  static EventSettings of(
      RecordReader records, FunctionId id, @Nullable String qualifier, FunctionRecord function) {
    EventInvokeRecord config =
        records
            .find(
                LambdaRecords.EVENT_INVOKE,
                LambdaRecords.parent(id.scope(), id.name()),
                qualifier == null ? VersionRecord.LATEST : qualifier)
            .orElse(null);
    // AWS: versions have the queue of $LATEST; source: documented, Adding a dead-letter queue.
    String deadLetter =
        function
            .latest()
            .configuration()
            .others()
            .path("DeadLetterConfig")
            .path("TargetArn")
            .asString("");
    Integer reserved = function.reservedConcurrency();
    Integer retries = config == null ? null : config.maximumRetryAttempts();
    Integer age = config == null ? null : config.maximumEventAgeInSeconds();
    return new EventSettings(
        retries == null ? RETRIES : retries,
        age == null ? LONGEST_AGE : Duration.ofSeconds(age),
        config == null ? null : config.onSuccess(),
        config == null ? null : config.onFailure(),
        deadLetter.isEmpty() ? null : deadLetter,
        reserved != null && reserved == 0,
        records
            .find(LambdaRecords.RECURSION, id.scope(), id.name())
            .map(RecursionRecord::endsLoops)
            .orElse(true));
  }

  /**
   * Where an end is told. AWS: a destination and a dead-letter queue do not exclude each other;
   * source: documented, PutFunctionEventInvokeConfig.
   */
  List<Target> targets(InvocationCondition condition) {
    List<Target> targets = new ArrayList<>();
    String destination = condition == InvocationCondition.SUCCESS ? onSuccess : onFailure;
    if (destination != null) {
      targets.add(new Target(destination, false));
    }
    if (condition != InvocationCondition.SUCCESS && deadLetter != null) {
      targets.add(new Target(deadLetter, true));
    }
    return List.copyOf(targets);
  }
}
