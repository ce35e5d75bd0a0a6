package io.portico.lambda.runtime;

import io.portico.gateway.aws.Credentials;
import io.portico.lambda.environment.Launch;
import io.portico.lambda.environment.Launcher;
import io.portico.lambda.environment.SessionCommand;
import io.portico.lambda.isolation.Folders;
import io.portico.lambda.isolation.Isolation;
import io.portico.lambda.isolation.Start;
import io.portico.lambda.runtime.RuntimeName.Family;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts functions of each runtime, with the variables that AWS gives them and none of this
 * process. AWS: source: recorded, facts INV-15; unless functions are isolated, folders are those of
 * this machine in place of {@code /var/task}, {@code /opt} and {@code /tmp}. There is no X-Ray
 * daemon to name.
 */
public final class FunctionLauncher implements Launcher {
  private static final List<String> SYSTEM_PATH = List.of("/usr/local/bin", "/usr/bin", "/bin");
  private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";
  private static final String OPT = "/opt/";
  private static final String TASK = "/var/task/";
  private static final String BOOTSTRAP = "bootstrap";
  private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";

  private final Interpreters interpreters;
  private final Bootstraps bootstraps;
  private final JavaClient java;
  private final Supplier<Map<String, String>> defaults;
  private final Isolation isolation;

  /**
   * @param defaults variables that every function gets, such as endpoints of AWS's services; its
   *     own go before them, and an endpoint of its own for all services before each of them
   * @param isolation what functions see of this machine
   */
  public FunctionLauncher(
      Interpreters interpreters,
      Bootstraps bootstraps,
      Supplier<Map<String, String>> defaults,
      Isolation isolation) {
    this.interpreters = interpreters;
    this.bootstraps = bootstraps;
    this.java = new JavaClient(bootstraps.folder().resolve("java"));
    this.defaults = defaults;
    this.isolation = isolation;
  }

  /**
   * Whether functions of a runtime can be started here.
   *
   * @throws IOException if not; the message says what is missing
   */
  public void check(String runtime) throws IOException {
    SessionCommand.check();
    RuntimeName name = RuntimeName.of(runtime);
    switch (name.family()) {
      case NODE, PYTHON -> interpreters.of(name);
      case JAVA -> java.check(interpreters.of(name));
      case PROVIDED -> {}
      case OTHER -> throw unsupported(name);
    }
  }

  @Override
  public Launch launch(FunctionSnapshot function, Place place) throws IOException {
    RuntimeName runtime = RuntimeName.of(function.runtime());
    Folders folders =
        new Folders(function.code(), function.opt(), place.temporary(), bootstraps.folder());
    Folders seen = folders.in(isolation);
    Map<String, String> variables = new LinkedHashMap<>(defaults.get());
    if (function.variables().containsKey(ENDPOINT_URL)) {
      variables.keySet().removeIf(name -> name.startsWith(ENDPOINT_URL));
    }
    // AWS: a function's own may not replace the reserved ones, but PATH and the like; source:
    // documented,
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    variables.putAll(replaceable(seen, runtime, path(runtime)));
    variables.putAll(function.variables());
    variables.putAll(reserved(function, place, seen, runtime));
    Entrypoint own = runtime.family() == Family.PROVIDED ? entrypoint(function) : null;
    Start start = start(runtime, function, folders, variables);
    return new Launch(
        isolation.start(folders, start),
        function.code(),
        function.memoryMegabytes(),
        own == null ? null : own.doubt().orElse(null));
  }

  /** AWS: the interpreter's own folder goes first; source: recorded, facts INV-15. */
  private List<String> path(RuntimeName runtime) throws IOException {
    return switch (runtime.family()) {
      case NODE, PYTHON, JAVA ->
          Stream.concat(
                  Stream.of(interpreters.of(runtime).program().resolveSibling("").toString()),
                  SYSTEM_PATH.stream())
              .distinct()
              .toList();
      case PROVIDED, OTHER -> SYSTEM_PATH;
    };
  }

  private Start start(
      RuntimeName runtime,
      FunctionSnapshot function,
      Folders folders,
      Map<String, String> variables)
      throws IOException {
    return switch (runtime.family()) {
      case NODE -> {
        Interpreter node = interpreters.of(runtime);
        List<String> command = new ArrayList<>(List.of(node.program().toString()));
        command.addAll(
            NodeFlags.of(
                runtime,
                node.version(),
                function.memoryMegabytes(),
                function.variables().getOrDefault("NODE_OPTIONS", "")));
        command.add(isolation.seen(folders, bootstraps.node()).toString());
        yield new Start(wrapped(function, folders, command), variables, List.of(node.program()));
      }
      case PYTHON -> {
        Interpreter python = interpreters.of(runtime);
        List<String> command =
            List.of(
                python.program().toString(),
                isolation.seen(folders, bootstraps.python()).toString());
        yield new Start(wrapped(function, folders, command), variables, List.of(python.program()));
      }
      case JAVA -> {
        Interpreter jdk = interpreters.of(runtime);
        List<String> command =
            JavaCommand.of(
                runtime, jdk, java, function, folders, path -> isolation.seen(folders, path));
        yield new Start(wrapped(function, folders, command), variables, List.of(jdk.program()));
      }
      case PROVIDED ->
          new Start(List.of(isolation.seen(folders, bootstrap(function)).toString()), variables);
      case OTHER -> throw unsupported(runtime);
    };
  }

  // AWS: the program that this variable names starts the runtime, where that is AWS's own; source:
  // documented, https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper.
  private List<String> wrapped(FunctionSnapshot function, Folders folders, List<String> command) {
    String wrapper = function.variables().get(WRAPPER);
    return wrapper == null
        ? command
        : Stream.concat(
                Stream.of(isolation.seen(folders, onThisMachine(function, wrapper)).toString()),
                command.stream())
            .toList();
  }

  /** Where a program is that a function names by its place on AWS. */
  private static Path onThisMachine(FunctionSnapshot function, String program) {
    Path opt = function.opt();
    if (opt != null && program.startsWith(OPT)) {
      return opt.resolve(program.substring(OPT.length()));
    }
    return program.startsWith(TASK)
        ? function.code().resolve(program.substring(TASK.length()))
        : Path.of(program);
  }

  private static IOException unsupported(RuntimeName runtime) {
    return new IOException("Portico cannot run functions of " + runtime.name() + " yet");
  }

  // AWS: the function's own, else a layer's; source: documented,
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html. Where there is none:
  // reported
  // by users, for one in github.com/aws/aws-lambda-dotnet/issues/1671.
  private static Path bootstrap(FunctionSnapshot function) throws IOException {
    for (String folder : List.of(TASK, OPT)) {
      Path candidate = onThisMachine(function, folder + BOOTSTRAP);
      if (Files.exists(candidate) && (folder.equals(TASK) || function.opt() != null)) {
        return candidate;
      }
    }
    throw new IOException(
        "Couldn't find valid bootstrap(s): [" + TASK + BOOTSTRAP + " " + OPT + BOOTSTRAP + "]");
  }

  private Entrypoint entrypoint(FunctionSnapshot function) throws IOException {
    Path program = bootstrap(function);
    return Entrypoint.of(
        program,
        (program.startsWith(function.code()) ? TASK : OPT) + BOOTSTRAP,
        file ->
            Files.exists(
                isolation.equals(Isolation.NONE)
                    ? file
                    : onThisMachine(function, file.toString())));
  }

  private static Map<String, String> replaceable(
      Folders seen, RuntimeName runtime, List<String> path) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("TMPDIR", seen.temporary().toString());
    variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    variables.put("PATH", joined(path, inOpt(seen, "bin")));
    variables.put(
        "LD_LIBRARY_PATH",
        joined(
            List.of(seen.code().toString(), seen.code().resolve("lib").toString()),
            inOpt(seen, "lib")));
    switch (runtime.family()) {
      case NODE ->
          // AWS: the runtime's own folders stand between the two; source: documented,
          // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html. Here it has no
          // packages.
          variables.put(
              "NODE_PATH",
              joined(
                  inOpt(
                      seen,
                      "nodejs/node" + runtime.version() + "/node_modules",
                      "nodejs/node_modules"),
                  List.of(seen.code().toString())));
      case PYTHON -> {
        variables.put("LC_CTYPE", "C.UTF-8");
        // On AWS the code's folder cannot be written to.
        variables.put("PYTHONPYCACHEPREFIX", seen.temporary().resolve("pycache").toString());
        // AWS: behind the function's own folder, which the runtime puts first; source: documented,
        // https://docs.aws.amazon.com/lambda/latest/dg/python-layers.html. Which of the two comes
        // first is inferred.
        variables.put(
            "PYTHONPATH",
            joined(
                inOpt(seen, "python/lib/python" + runtime.version() + "/site-packages", "python"),
                List.of()));
      }
      default -> {}
    }
    return variables;
  }

  /** Places below what stands for {@code /opt}; none without layers. */
  private static List<String> inOpt(Folders seen, String... places) {
    Path opt = seen.opt();
    return opt == null
        ? List.of()
        : Stream.of(places).map(place -> opt.resolve(place).toString()).toList();
  }

  private static String joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).collect(Collectors.joining(":"));
  }

  private static Map<String, String> reserved(
      FunctionSnapshot function, Place place, Folders seen, RuntimeName runtime) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("_HANDLER", function.handler());
    variables.put("LAMBDA_TASK_ROOT", seen.code().toString());
    Path opt = seen.opt();
    if (opt != null) {
      variables.put("PORTICO_OPT", opt.toString());
    }
    variables.put("LAMBDA_RUNTIME_DIR", seen.runtime().toString());
    variables.put("AWS_LAMBDA_RUNTIME_API", place.api());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.id().name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", place.logStream());
    variables.put("AWS_LAMBDA_LOG_FORMAT", function.logFormat());
    if (function.logFormat().equals("JSON")) {
      variables.put("AWS_LAMBDA_LOG_LEVEL", function.logLevel());
    }
    Credentials credentials = place.credentials();
    variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
    if (credentials.sessionToken() != null) {
      variables.put("AWS_SESSION_TOKEN", credentials.sessionToken());
    }
    variables.put("AWS_REGION", function.id().region());
    variables.put("AWS_DEFAULT_REGION", function.id().region());
    if (runtime.family() != Family.PROVIDED) {
      variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + runtime.name());
    }
    return variables;
  }
}
