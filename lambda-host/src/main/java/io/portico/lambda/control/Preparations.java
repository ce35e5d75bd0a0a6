package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.FolderWatch;
import io.portico.lambda.code.OptFolders;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState.Progress;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changed functions ready to run, after the call that changed them was answered: AWS's {@code
 * Pending} and {@code InProgress}. Until then, what was ready before goes on.
 */
final class Preparations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);
  private static final int SECONDS_TO_END = 10;

  private final Records records;
  private final CodeStore code;
  private final OptFolders opts;
  private final FunctionCatalog catalog;
  private final Environments environments;
  private final Set<FunctionId> warned = new HashSet<>();
  private final FolderWatch watch = new FolderWatch(this::changed);
  private final ExecutorService work =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("functions-prepare").unstarted(task));

  Preparations(
      Records records,
      CodeStore code,
      OptFolders opts,
      FunctionCatalog catalog,
      Environments environments) {
    this.records = records;
    this.code = code;
    this.opts = opts;
    this.catalog = catalog;
    this.environments = environments;
  }

  /** Makes a version ready once the transaction that has changed it is committed. */
  void after(RecordWriter transaction, FunctionId id, String version) {
    transaction.afterCommit(() -> work.execute(() -> prepare(id, version)));
  }

  /**
   * Makes all functions ready that are stored: those that are not yet, and those that were. Code
   * that neither they nor layers have is deleted first, while no call can bring any.
   */
  void all() {
    deleteUnused();
    records
        .read(reader -> reader.all(LambdaRecords.FUNCTION))
        .forEach(
            located -> {
              FunctionId id = id(located.key().parent(), located.value().name());
              work.execute(() -> prepare(id, VersionRecord.LATEST));
              records
                  .read(
                      reader ->
                          reader.list(
                              LambdaRecords.VERSION, LambdaRecords.parent(id.scope(), id.name())))
                  .forEach(version -> work.execute(() -> prepare(id, version.version())));
            });
  }

  private void deleteUnused() {
    Set<String> used = new HashSet<>();
    records
        .read(reader -> reader.all(LambdaRecords.FUNCTION))
        .forEach(located -> VersionFolders.addDigests(located.value().latest(), used));
    records
        .read(reader -> reader.all(LambdaRecords.VERSION))
        .forEach(located -> VersionFolders.addDigests(located.value(), used));
    records
        .read(reader -> reader.all(LambdaRecords.LAYER_VERSION))
        .forEach(located -> used.add(located.value().code().sha256()));
    try {
      code.keepOnly(used);
    } catch (IOException e) {
      LOG.warn("code that no function has cannot be deleted: {}", e.toString());
    }
  }

  private static FunctionId id(String scope, String name) {
    int slash = scope.indexOf('/');
    return new FunctionId(scope.substring(0, slash), scope.substring(slash + 1), name);
  }

  private void prepare(FunctionId id, String version) {
    try {
      records.read(reader -> find(reader, id, version)).ifPresent(found -> prepare(id, found));
    } catch (RuntimeException e) {
      LOG.error("{} cannot be made ready", id.arn(version), e);
    }
  }

  private void prepare(FunctionId id, Found found) {
    VersionRecord version = found.version;
    VersionFolders folders = null;
    String failure = null;
    try {
      folders = VersionFolders.prepared(code, opts, version);
    } catch (IOException | RuntimeException e) {
      // The file system of zips throws unchecked exceptions, too.
      LOG.error("{}: its code cannot be made ready", id.arn(version.version()), e);
      failure = String.valueOf(e.getMessage());
    }
    if (version.state().isInProgress()) {
      boolean ready = folders != null;
      String reason = failure;
      Optional<VersionRecord> settled =
          records.write(writer -> settle(writer, id, found, ready ? null : reason));
      if (settled.isEmpty()) {
        // It was changed again meanwhile, which has queued a preparation of its own.
        return;
      }
      version = settled.get();
    }
    if (folders == null) {
      remove(id, version.version());
    } else {
      catalog.put(snapshot(id, version, folders));
      folders.watched().forEach(watch::add);
      warnOfExtensions(id, folders);
    }
  }

  /**
   * AWS: programs in {@code /opt/extensions} run beside the function; source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-extensions.html. Here they do not, so who
   * has some is told once.
   */
  private void warnOfExtensions(FunctionId id, VersionFolders folders) {
    if (folders.haveExtensions() && warned.add(id)) {
      LOG.warn(
          "{}: its layers have extensions, which are not run: there is no Extensions API here",
          id.arn());
    }
  }

  /** Makes a version ready and waits for it. */
  void now(FunctionId id, String version) {
    try {
      work.submit(() -> prepare(id, version)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(id.arn(version) + " cannot be made ready", e);
    }
  }

  /** Another edition runs with the next invocation; what is under way ends as it was. */
  private void changed(Path folder) {
    work.execute(
        () ->
            catalog
                .runningFrom(folder.toAbsolutePath())
                .forEach(
                    function -> {
                      LOG.info("{} has changed, in {}", function.id().name(), folder);
                      prepare(function.id(), function.version());
                    }));
  }

  /** A version and what it belongs to. */
  private record Found(FunctionRecord function, VersionRecord version) {}

  private static Optional<Found> find(RecordReader reader, FunctionId id, String version) {
    return reader
        .find(LambdaRecords.FUNCTION, id.scope(), id.name())
        .flatMap(
            function ->
                version.equals(VersionRecord.LATEST)
                    ? Optional.of(new Found(function, function.latest()))
                    : reader
                        .find(
                            LambdaRecords.VERSION,
                            LambdaRecords.parent(id.scope(), id.name()),
                            LambdaRecords.versionId(Integer.parseInt(version)))
                        .map(numbered -> new Found(function, numbered)));
  }

  /** Says in the record what has become of a version, unless it is another by now. */
  private static Optional<VersionRecord> settle(
      RecordWriter writer, FunctionId id, Found before, @Nullable String failure) {
    Found now = find(writer, id, before.version.version()).orElse(null);
    if (now == null || !now.version.revisionId().equals(before.version.revisionId())) {
      return Optional.empty();
    }
    VersionRecord settled =
        now.version.with(
            now.version
                .state()
                .reached(
                    failure == null ? Progress.READY : Progress.FAILED,
                    failure,
                    LambdaEnvironment.newRevision()));
    put(writer, id, now.function, settled);
    return Optional.of(settled);
  }

  /** Stores a version where versions of its kind stand. */
  static void put(
      RecordWriter writer, FunctionId id, FunctionRecord function, VersionRecord version) {
    if (version.version().equals(VersionRecord.LATEST)) {
      writer.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function.with(version));
    } else {
      writer.put(
          LambdaRecords.VERSION,
          LambdaRecords.parent(id.scope(), id.name()),
          LambdaRecords.versionId(Integer.parseInt(version.version())),
          version);
    }
  }

  private static String logging(
      VersionConfiguration configuration, String member, String otherwise) {
    return configuration.others().path("LoggingConfig").path(member).asString(otherwise);
  }

  private FunctionSnapshot snapshot(FunctionId id, VersionRecord version, VersionFolders folders) {
    VersionConfiguration configuration = version.configuration();
    Map<String, String> variables = configuration.environment();
    String handler = configuration.handler();
    return new FunctionSnapshot(
        id,
        version.version(),
        catalog.newEdition(),
        configuration.runtime(),
        configuration.role(),
        handler == null ? "" : handler,
        variables == null ? Map.of() : variables,
        Duration.ofSeconds(configuration.timeout()),
        configuration.memorySize(),
        folders.code(),
        folders.opt(),
        folders.watched(),
        FunctionReply.logGroup(id, configuration.others()),
        logging(configuration, "LogFormat", "Text"),
        logging(configuration, "ApplicationLogLevel", "INFO"),
        logging(configuration, "SystemLogLevel", "INFO"));
  }

  /** Takes a version out of service; once more behind a preparation that is under way. */
  void withdraw(FunctionId id, String version) {
    remove(id, version);
    work.execute(() -> remove(id, version));
  }

  private void remove(FunctionId id, String version) {
    catalog.remove(id, version);
    environments.remove(id, version);
  }

  @Override
  public void close() {
    watch.close();
    work.shutdown();
    try {
      if (!work.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        work.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      work.shutdownNow();
    }
  }
}
