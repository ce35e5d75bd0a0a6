package io.portico.lambda.control;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.code.CodeDownloads;
import io.portico.lambda.code.CodeLinks;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.ObjectStore;
import io.portico.lambda.code.OptFolders;
import io.portico.lambda.code.Trees;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.environment.RoleSessions;
import io.portico.lambda.environment.RuntimeListeners;
import io.portico.lambda.environment.SessionCommand;
import io.portico.lambda.isolation.Cgroups;
import io.portico.lambda.isolation.Isolation;
import io.portico.lambda.runtime.Bootstraps;
import io.portico.lambda.runtime.FunctionLauncher;
import io.portico.lambda.runtime.Interpreters;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.url.FunctionUrls;
import io.portico.lambda.url.UrlAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a Lambda host and how they fit together. */
public final class LambdaHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaHost.class);

  private final Operations operations;
  private final CodeDownloads downloads;
  private final FunctionUrls urls;
  private final Preparations preparations;
  private final Environments environments;
  private final AsyncInvocations asynchronous;
  private final CodeStore code;
  private final Path working;

  private LambdaHost(
      Operations operations,
      CodeDownloads downloads,
      FunctionUrls urls,
      Preparations preparations,
      Environments environments,
      AsyncInvocations asynchronous,
      CodeStore code,
      Path working) {
    this.operations = operations;
    this.downloads = downloads;
    this.urls = urls;
    this.preparations = preparations;
    this.environments = environments;
    this.asynchronous = asynchronous;
    this.code = code;
    this.working = working;
  }

  /**
   * What a host is set up with.
   *
   * @param folder what lasts: code
   * @param working what this process alone needs; deleted at its end
   * @param interpreters programs by the name of the runtime that they are for
   * @param variables that every function gets, from its next process on, unless it has its own
   * @param system the variables of this process, to find programs by
   * @param limits of execution environments
   * @param sessions of functions in their roles
   * @param objects where code of S3's buckets comes from
   * @param asynchronous how events are treated that nobody waits for
   * @param permissions whether API Gateway and callers of URLs invoke only what a function's policy
   *     lets them
   * @param requiresRoles whether roles have to be made, and to trust who acts as them
   * @param isolation what functions see of this machine
   * @param carrier of the threads that call
   */
  public record Config(
      Path folder,
      Path working,
      Map<String, Path> interpreters,
      Supplier<Map<String, String>> variables,
      Map<String, String> system,
      Environments.Limits limits,
      AsyncInvocations.Settings asynchronous,
      ServiceSessions sessions,
      ObjectStore objects,
      boolean permissions,
      boolean requiresRoles,
      Isolation isolation,
      Carrier carrier) {}

  /** Starts a host; its functions become ready meanwhile. */
  public static LambdaHost start(
      Config config, Records records, LogStore logs, RuntimeListeners listeners, Clock clock) {
    try {
      SessionCommand.check();
    } catch (IOException e) {
      LOG.warn("no function can run: {}", e.getMessage());
    }
    FunctionLauncher launcher =
        new FunctionLauncher(
            new Interpreters(config.interpreters, config.system),
            new Bootstraps(config.working.resolve("runtime")),
            config.variables,
            config.isolation);
    FunctionCatalog catalog = new FunctionCatalog();
    Path folder = config.folder.resolve("code");
    CodeStore code = new CodeStore(folder);
    CodeLinks links = new CodeLinks(code, clock);
    Environments environments =
        new Environments(
            listeners,
            launcher,
            roles(config.sessions),
            logs,
            config.working.resolve("tmp"),
            config.limits,
            Cgroups.ofThisProcess().orElse(null),
            config.carrier);
    Preparations preparations =
        new Preparations(records, code, new OptFolders(code, folder), catalog, environments);
    AsyncInvocations asynchronous =
        new AsyncInvocations(
            records,
            config.asynchronous,
            clock,
            id -> mostEvents(config.limits.most(), environments.reserved(id)));
    LambdaEnvironment environment =
        new LambdaEnvironment(
            records,
            code,
            config.objects,
            links,
            preparations,
            catalog,
            environments,
            asynchronous,
            launcher,
            config.permissions,
            config.requiresRoles,
            new SessionIdentities(records, config.sessions, config.carrier),
            config.carrier,
            clock);
    new CatalogUpdates(catalog, environments).all(records);
    preparations.all();
    asynchronous.start(new AsyncAttempts(environment));
    return new LambdaHost(
        LambdaOperations.of(environment),
        new CodeDownloads(links),
        urls(environment),
        preparations,
        environments,
        asynchronous,
        code,
        config.working);
  }

  private static RoleSessions roles(ServiceSessions sessions) {
    return new RoleSessions() {
      @Override
      public Credentials open(FunctionSnapshot function) throws IOException {
        try {
          return sessions.open(function.id().accountId(), function.role(), function.id().name());
        } catch (IllegalArgumentException e) {
          throw new IOException("the role defined for the function cannot be assumed", e);
        }
      }

      @Override
      public void close(Credentials credentials) {
        sessions.close(credentials);
      }
    };
  }

  /**
   * How many events of a function are worked on at once: others find room beside them. AWS: a
   * function takes no more events than it has reserved; source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html. Those of one
   * that may not run at all are not run.
   */
  private static int mostEvents(int mostEnvironments, @Nullable Integer reserved) {
    int most = Math.max(1, mostEnvironments / 2);
    return reserved == null || reserved == 0 ? most : Math.min(most, reserved);
  }

  private static FunctionUrls urls(LambdaEnvironment environment) {
    ReadyFunctions functions = new ReadyFunctions(environment);
    return new FunctionUrls(
        environment.catalog(),
        url -> functions.find(new FunctionReference(url.id(), url.alias())),
        environment.environments(),
        new UrlAccess(
            environment.catalog(),
            environment.identities(),
            environment.permissions(),
            environment.clock()),
        environment.clock());
  }

  /** What is built of Lambda's API. */
  public Operations operations() {
    return operations;
  }

  /** Answers requests for paths that begin with {@link CodeLinks#PATH}. */
  public HttpHandler downloads() {
    return downloads;
  }

  /** Answers the calls of function URLs. */
  public FunctionUrls urls() {
    return urls;
  }

  /** Kills every function. */
  @Override
  public void close() {
    asynchronous.close();
    preparations.close();
    environments.close();
    asynchronous.awaitEnd();
    deleted(() -> Trees.delete(working));
    deleted(code::deletePrepared);
  }

  private interface Deletion {
    void run() throws IOException;
  }

  private static void deleted(Deletion deletion) {
    try {
      deletion.run();
    } catch (IOException e) {
      LOG.warn("what only this process needed cannot be deleted: {}", e.toString());
    }
  }
}
