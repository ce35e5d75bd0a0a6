package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.lambda.model.CodeRecord;
import io.portico.lambda.model.LayerUse;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState;
import io.portico.lambda.runtime.FunctionLauncher;
import io.portico.lambda.runtime.RuntimeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What CreateFunction and UpdateFunctionConfiguration say of a function, checked. */
final class FunctionSettings {
  private static final int TIMEOUT = 3;
  private static final int MEMORY = 128;
  private static final int STORAGE = 512;
  private static final int MOST_VARIABLES = 4096;

  /** Kept and shown as they were sent; only DeadLetterConfig and LoggingConfig change anything. */
  private static final List<String> OTHERS =
      List.of(
          "VpcConfig",
          "KMSKeyArn",
          "TracingConfig",
          "LoggingConfig",
          "DeadLetterConfig",
          "SnapStart");

  /** A function with one of these would not do what it was configured to. */
  private static final List<String> NOT_BUILT =
      List.of(
          "FileSystemConfigs",
          "ImageConfig",
          "CodeSigningConfigArn",
          "TenancyConfig",
          "CapacityProviderConfig",
          "DurableConfig");

  /** AWS: a function cannot set these; source: documented, configuration-envvars. */
  private static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private final FunctionLauncher launcher;

  FunctionSettings(FunctionLauncher launcher) {
    this.launcher = launcher;
  }

  /** A new function's {@code $LATEST}. */
  VersionRecord created(Input input, CodeRecord code, List<LayerUse> layers, VersionState state) {
    refuseUnbuilt(input);
    String packageType = input.stringOrNull("PackageType");
    if (packageType != null && !packageType.equals("Zip")) {
      throw ServiceException.notImplemented("A package of type " + packageType);
    }
    String runtime = input.stringOrNull("Runtime");
    String handler = input.stringOrNull("Handler");
    if (runtime == null || handler == null) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidParameter(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    checkRuntime(runtime);
    List<String> architectures = input.stringsOrNull("Architectures");
    return new VersionRecord(
        VersionRecord.LATEST,
        orElse(input.stringOrNull("Description"), ""),
        new VersionConfiguration(
            runtime,
            handler,
            input.string("Role"),
            orElse(input.integerOrNull("Timeout"), TIMEOUT),
            orElse(input.integerOrNull("MemorySize"), MEMORY),
            orElse(storage(input), STORAGE),
            variables(input),
            layers,
            others(input, Json.object())),
        code,
        architectures == null ? List.of("x86_64") : architectures,
        state);
  }

  /** What UpdateFunctionConfiguration leaves of {@code $LATEST}: what it does not name stays. */
  VersionRecord updated(
      VersionRecord latest, Input input, List<LayerUse> layers, VersionState state) {
    refuseUnbuilt(input);
    VersionConfiguration before = latest.configuration();
    String runtime = orElse(input.stringOrNull("Runtime"), before.runtime());
    checkRuntime(runtime);
    return new VersionRecord(
        latest.version(),
        orElse(input.stringOrNull("Description"), latest.description()),
        new VersionConfiguration(
            runtime,
            input.has("Handler") ? input.string("Handler") : before.handler(),
            orElse(input.stringOrNull("Role"), before.role()),
            orElse(input.integerOrNull("Timeout"), before.timeout()),
            orElse(input.integerOrNull("MemorySize"), before.memorySize()),
            orElse(storage(input), before.ephemeralStorage()),
            input.has("Environment") ? variables(input) : before.environment(),
            layers,
            others(input, before.others().deepCopy())),
        latest.code(),
        latest.architectures(),
        state);
  }

  private static <T> T orElse(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static @Nullable Integer storage(Input input) {
    Input storage = input.structureOrNull("EphemeralStorage");
    return storage == null ? null : storage.integerOrNull("Size");
  }

  private static @Nullable Map<String, String> variables(Input input) {
    Input environment = input.structureOrNull("Environment");
    Map<String, String> variables =
        environment == null ? null : environment.stringMapOrNull("Variables");
    if (variables == null || variables.isEmpty()) {
      return null;
    }
    List<String> reserved = variables.keySet().stream().filter(RESERVED::contains).toList();
    if (!reserved.isEmpty()) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided contains reserved keys that are currently not"
              + " supported for modification. Reserved keys used in this request: "
              + String.join(", ", reserved));
    }
    ObjectNode measured = Json.object();
    variables.forEach(measured::put);
    byte[] bytes = Json.bytes(measured);
    if (bytes.length > MOST_VARIABLES) {
      // AWS: source: recorded, facts LAM-18.
      throw LambdaErrors.invalidParameter(
          "Lambda was unable to configure your environment variables because the environment"
              + " variables you have provided exceeded the 4KB limit. String measured: "
              + new String(bytes, StandardCharsets.UTF_8));
    }
    return variables;
  }

  private static ObjectNode others(Input input, ObjectNode into) {
    for (String member : OTHERS) {
      JsonNode value = input.json().get(member);
      if (value != null && !value.isNull()) {
        into.set(member, value);
      }
    }
    return into;
  }

  private static void refuseUnbuilt(Input input) {
    for (String member : NOT_BUILT) {
      JsonNode value = input.json().get(member);
      boolean empty = value == null || value.isNull() || (value.isContainer() && value.isEmpty());
      if (!empty) {
        throw ServiceException.notImplemented(member);
      }
    }
  }

  private void checkRuntime(String runtime) {
    // AWS: source: recorded, facts LAM-17, LAM-15.
    if (RuntimeName.RETIRED.contains(runtime)) {
      throw LambdaErrors.invalidParameter(
          ("The runtime parameter of %s is no longer supported for creating or updating AWS Lambda"
                  + " functions. We recommend you use a supported runtime while creating or updating"
                  + " functions.")
              .formatted(runtime));
    }
    if (!RuntimeName.KNOWN.contains(runtime)) {
      throw LambdaErrors.invalidParameter(
          "Value %s at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [%s] or be a valid ARN"
              .formatted(runtime, String.join(", ", RuntimeName.KNOWN)));
    }
    try {
      launcher.check(runtime);
    } catch (IOException e) {
      throw LambdaErrors.invalidParameter(String.valueOf(e.getMessage()));
    }
  }
}
