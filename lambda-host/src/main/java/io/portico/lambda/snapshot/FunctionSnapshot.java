package io.portico.lambda.snapshot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a function, ready to run.
 *
 * @param id whose it is
 * @param version {@code $LATEST} or a number
 * @param edition another one with everything that needs a new process
 * @param runtime such as {@code nodejs22.x}
 * @param role the ARN of the role it runs with
 * @param handler what the runtime calls; empty where it needs none
 * @param variables the function's own
 * @param timeout how long one invocation may take
 * @param memoryMegabytes how much it may use
 * @param code the folder with its code
 * @param opt the folder whose content stands below {@code /opt}; null without layers
 * @param watched folders of the user's that it runs from: a change there makes another edition
 * @param logGroup where its events go
 * @param logFormat {@code Text} or {@code JSON}
 * @param logLevel the least that a function logs in JSON, such as {@code INFO}
 * @param systemLogLevel the least that Lambda logs in JSON about it, such as {@code INFO}
 */
public record FunctionSnapshot(
    FunctionId id,
    String version,
    long edition,
    String runtime,
    String role,
    String handler,
    Map<String, String> variables,
    Duration timeout,
    int memoryMegabytes,
    Path code,
    @Nullable Path opt,
    List<Path> watched,
    String logGroup,
    String logFormat,
    String logLevel,
    String systemLogLevel) {}
