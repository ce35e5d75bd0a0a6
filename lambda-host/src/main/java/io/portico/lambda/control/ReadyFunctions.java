package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.AliasRouting;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.util.concurrent.ThreadLocalRandom;

/** Finds what an invocation runs, or refuses it in AWS's words. */
final class ReadyFunctions {
  private static final String ACTIVE = "Active";

  private final LambdaEnvironment environment;

  ReadyFunctions(LambdaEnvironment environment) {
    this.environment = environment;
  }

  /** The version that one invocation runs, ready to. */
  FunctionSnapshot find(FunctionReference reference) {
    String version = version(reference);
    FunctionSnapshot ready = environment.catalog().find(reference.id(), version);
    if (ready != null) {
      return ready;
    }
    environment.carrier().computingForLong();
    String state = environment.records().read(records -> state(records, reference));
    if (!state.equals(ACTIVE)) {
      throw LambdaErrors.notActive(state);
    }
    // Of a function that was there when this process has started, the turn has not come yet. Or its
    // folder was not there, and may be by now.
    boolean done = environment.preparations().now(reference.id(), version);
    ready = environment.catalog().find(reference.id(), version);
    if (ready != null) {
      return ready;
    }
    String failure = environment.preparations().failure(reference.id(), version);
    if (done && failure != null) {
      // AWS has no such function: its code cannot go away.
      throw LambdaErrors.conflict(
          "The operation cannot be performed at this time. The code of the function is not there: "
              + failure);
    }
    // AWS: a function that was inactive is pending then; source: documented, "Lambda function
    // states".
    throw LambdaErrors.notActive("Pending");
  }

  /** An alias may choose between two. */
  private String version(FunctionReference reference) {
    String qualifier = reference.qualifier();
    if (qualifier == null) {
      return VersionRecord.LATEST;
    }
    AliasRouting alias = environment.catalog().alias(reference.id(), qualifier);
    return alias == null ? qualifier : alias.pick(ThreadLocalRandom.current());
  }

  private static String state(RecordReader records, FunctionReference reference) {
    // AWS: the qualifier is named even where none was given; source: recorded, facts LAM-11.
    FunctionReference qualified =
        reference.qualifier() == null
            ? new FunctionReference(reference.id(), VersionRecord.LATEST)
            : reference;
    FunctionRecord function = FunctionFinder.function(records, qualified);
    return switch (FunctionFinder.version(records, qualified, function).state().progress()) {
      case CREATING -> "Pending";
      case FAILED -> "Failed";
      case UPDATING, READY, UPDATE_FAILED -> ACTIVE;
    };
  }
}
