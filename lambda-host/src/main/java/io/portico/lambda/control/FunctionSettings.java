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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What CreateFunction and UpdateFunctionConfiguration say of a function, checked. */
final class FunctionSettings {
  private static final int TIMEOUT = 3;
  private static final int MEMORY = 128;
  private static final int STORAGE = 512;
  private static final int MOST_TIMEOUT = 900;
  private static final int MOST_MEMORY = 10_240;
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
          "DurableConfig",
          "PublishTo");

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
  private final Predicate<String> roles;

  /**
   * @param roles whether Lambda may act as the role of an ARN
   */
  FunctionSettings(FunctionLauncher launcher, Predicate<String> roles) {
    this.launcher = launcher;
    this.roles = roles;
  }

  /**
   * Refuses what no function can be, whatever it is by now. Looks for the interpreter of a runtime,
   * which takes a while.
   */
  void check(Input input) {
    NotBuilt.refuse(input, NOT_BUILT);
    checkRanges(input);
    String packageType = input.stringOrNull("PackageType");
    if (packageType != null && !packageType.equals("Zip")) {
      throw ServiceException.notImplemented("A package of type " + packageType);
    }
    String role = input.stringOrNull("Role");
    if (role != null && !roles.test(role)) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidParameter(
          "The role defined for the function cannot be assumed by Lambda.");
    }
    String runtime = input.stringOrNull("Runtime");
    if (runtime != null) {
      checkRuntime(runtime);
    }
  }

  /**
   * AWS: the model has more than that, for functions on capacity providers; source: documented,
   * Lambda quotas: "Memory allocation", "Function timeout". The words are reported by users of
   * AWS's clients.
   */
  private static void checkRanges(Input input) {
    List<String> violations = new ArrayList<>();
    checkRange(input, "Timeout", MOST_TIMEOUT, violations);
    checkRange(input, "MemorySize", MOST_MEMORY, violations);
    if (!violations.isEmpty()) {
      throw new ServiceException(
          "ValidationException",
          400,
          "%d validation error%s detected: %s"
              .formatted(
                  violations.size(),
                  violations.size() == 1 ? "" : "s",
                  String.join("; ", violations)));
    }
  }

  private static void checkRange(Input input, String member, int most, List<String> violations) {
    Integer given = input.integerOrNull(member);
    if (given != null && given > most) {
      violations.add(
          "Value '%d' at '%s' failed to satisfy constraint: Member must have value less than or equal to %d"
              .formatted(
                  given, Character.toLowerCase(member.charAt(0)) + member.substring(1), most));
    }
  }

  /** How a new function runs. */
  VersionConfiguration created(Input input, List<LayerUse> layers) {
    String runtime = input.stringOrNull("Runtime");
    String handler = input.stringOrNull("Handler");
    if (runtime == null || handler == null) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidParameter(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    if (input.json().at("/DeadLetterConfig/TargetArn") instanceof StringNode target
        && target.asString().isEmpty()) {
      // AWS: only an update takes an empty one, though the model allows it; source: reported by
      // users of AWS's clients, https://github.com/cloud-custodian/cloud-custodian/issues/1990,
      // https://github.com/motdotla/node-lambda/pull/209.
      throw LambdaErrors.invalidParameter(
          "Invalid dead letter queue ARN: ARNs must start with 'arn:':");
    }
    return new VersionConfiguration(
        runtime,
        handler,
        input.string("Role"),
        orElse(input.integerOrNull("Timeout"), TIMEOUT),
        orElse(input.integerOrNull("MemorySize"), MEMORY),
        orElse(storage(input), STORAGE),
        variables(input),
        layers,
        others(input, Json.object()));
  }

  /** A new function's {@code $LATEST}. */
  static VersionRecord latest(
      Input input, VersionConfiguration configuration, CodeRecord code, VersionState state) {
    List<String> architectures = input.stringsOrNull("Architectures");
    return new VersionRecord(
        VersionRecord.LATEST,
        orElse(input.stringOrNull("Description"), ""),
        configuration,
        code,
        architectures == null ? List.of("x86_64") : architectures,
        state);
  }

  /** What UpdateFunctionConfiguration leaves of {@code $LATEST}: what it does not name stays. */
  VersionRecord updated(
      VersionRecord latest, Input input, List<LayerUse> layers, VersionState state) {
    VersionConfiguration before = latest.configuration();
    return new VersionRecord(
        latest.version(),
        orElse(input.stringOrNull("Description"), latest.description()),
        new VersionConfiguration(
            orElse(input.stringOrNull("Runtime"), before.runtime()),
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
    if (variables.values().stream().anyMatch(value -> value.indexOf(0) >= 0)) {
      // No process can be given one. AWS: its words are not known.
      throw LambdaErrors.invalidParameter(
          "Lambda was unable to configure your environment variables because a value has a NUL.");
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
    // AWS: empty takes the setting away, and the reply does not have it; source: inferred from
    // Terraform's AWS provider, whose tests find none after it.
    if (into.path("DeadLetterConfig").path("TargetArn").asString("").isEmpty()) {
      into.remove("DeadLetterConfig");
    }
    if (into.path("KMSKeyArn").asString("").isEmpty()) {
      into.remove("KMSKeyArn");
    }
    return into;
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
