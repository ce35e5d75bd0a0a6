package io.portico.lambda.control;

import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.lambda.code.CodeStore;
import io.portico.lambda.code.FolderWatch;
import io.portico.lambda.code.OptFolders;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState.Progress;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changed functions ready to run, after the call that changed them was answered: AWS's {@code
 * Pending} and {@code InProgress}. Until then, what was ready before goes on, and after it, too,
 * where a change cannot run.
 */
final class Preparations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);
  private static final int SECONDS_TO_END = 10;

  /** Longer than it takes to unpack the most that AWS allows. */
  private static final int SECONDS_FOR_ONE = 30;

  private final Records records;
  private final CodeStore code;
  private final OptFolders opts;
  private final FunctionCatalog catalog;
  private final Environments environments;
  private final Set<FunctionId> warned = new HashSet<>();

  /** Why versions cannot be made ready that were once, by their ARNs. */
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  private final FolderWatch watch = new FolderWatch(this::changed);
  private final BlockingDeque<Runnable> queue = new LinkedBlockingDeque<>();
  private final ThreadPoolExecutor work =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          queue,
          task -> Thread.ofPlatform().daemon().name("functions-prepare").unstarted(task));
  private final UnusedCode unused;

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
    this.unused = new UnusedCode(records, code, watch, catalog, environments, work);
    work.prestartAllCoreThreads();
  }

  /** Makes a version ready once the transaction that has changed it is committed. */
  void after(RecordWriter transaction, FunctionId id, String version) {
    transaction.afterCommit(() -> work.execute(() -> prepare(id, version)));
  }

  /** Deletes code in a moment that nobody has any more. */
  void deleteUnusedSoon() {
    unused.deleteSoon();
  }

  /**
   * Makes all functions ready that are stored: those that are not yet, and those that were. Code
   * that neither they nor layers have is deleted first, while no call can bring any.
   */
  void all() {
    unused.deleteAtStart();
    records
        .read(reader -> reader.all(LambdaRecords.FUNCTION))
        .forEach(
            located -> {
              FunctionId id = id(located.key().parent(), located.value().name());
              work.execute(() -> prepareUnlessReady(id, VersionRecord.LATEST));
              records
                  .read(
                      reader ->
                          reader.list(
                              LambdaRecords.VERSION, LambdaRecords.parent(id.scope(), id.name())))
                  .forEach(
                      version -> work.execute(() -> prepareUnlessReady(id, version.version())));
            });
  }

  private static FunctionId id(String scope, String name) {
    int slash = scope.indexOf('/');
    return new FunctionId(scope.substring(0, slash), scope.substring(slash + 1), name);
  }

  /** An invocation may have asked for it before its turn came. */
  private void prepareUnlessReady(FunctionId id, String version) {
    if (catalog.find(id, version) == null) {
      prepare(id, version);
    }
  }

  private void prepare(FunctionId id, String version) {
    try {
      records
          .read(reader -> VersionRecords.find(reader, id, version))
          .ifPresent(found -> prepare(id, found.version()));
    } catch (RuntimeException e) {
      LOG.error("{} cannot be made ready", id.arn(version), e);
    }
  }

  private void prepare(FunctionId id, VersionRecord stored) {
    VersionFolders folders = null;
    String failure = null;
    try {
      folders = VersionFolders.prepared(code, opts, stored);
      failures.remove(id.arn(stored.version()));
    } catch (IOException | RuntimeException e) {
      failure = failed(id.arn(stored.version()), e);
    }
    if (!settled(id, stored, folders, failure)) {
      // It was changed again meanwhile, which has queued a preparation of its own.
      return;
    }
    if (folders != null) {
      folders.watched().forEach(watch::add);
      warnOfExtensions(id, folders);
    } else if (!VersionRecords.goesOn(stored)) {
      remove(id, stored.version());
    }
  }

  /**
   * Puts a version in service, and says in its record what has become of it. Whoever reads there
   * that it is done invokes it as it is now.
   *
   * @return false if it is another one by now
   */
  private boolean settled(
      FunctionId id,
      VersionRecord stored,
      @Nullable VersionFolders folders,
      @Nullable String failure) {
    Progress progress = stored.state().progress();
    if (!stored.state().isInProgress() && (failure != null || progress == Progress.READY)) {
      serve(id, stored, folders);
      return true;
    }
    return records.write(
        writer -> {
          Optional<VersionRecord> version = VersionRecords.settle(writer, id, stored, failure);
          version.ifPresent(ready -> serve(id, ready, folders));
          return version.isPresent();
        });
  }

  private void serve(FunctionId id, VersionRecord version, @Nullable VersionFolders folders) {
    if (folders != null) {
      catalog.put(FunctionSnapshots.of(id, version, folders, catalog.newEdition()));
    }
  }

  /** Says it once, as each invocation may ask again. Returns the reason. */
  private String failed(String arn, Exception failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(failures.put(arn, reason))) {
      if (failure instanceof IOException) {
        LOG.warn("{}: its code cannot be made ready: {}", arn, failure.toString());
      } else {
        LOG.error("{}: its code cannot be made ready", arn, failure);
      }
    }
    return reason;
  }

  /** Why a version is not ready that was once; null where nothing is known of it. */
  @Nullable String failure(FunctionId id, String version) {
    return failures.get(id.arn(version));
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

  /**
   * Makes a version ready before all others that wait for it, unless it is.
   *
   * @return whether that was done; it may still be going on after half a minute
   */
  boolean now(FunctionId id, String version) {
    if (work.isShutdown()) {
      return false;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.addFirst(
        () -> {
          try {
            prepareUnlessReady(id, version);
          } finally {
            done.complete(null);
          }
        });
    try {
      done.get(SECONDS_FOR_ONE, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException e) {
      LOG.warn("{} is not ready after {} seconds", id.arn(version), SECONDS_FOR_ONE);
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn does not fail", e);
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

  /** Takes a version out of service; once more behind a preparation that is under way. */
  void withdraw(FunctionId id, String version) {
    remove(id, version);
    work.execute(
        () -> {
          remove(id, version);
          failures.remove(id.arn(version));
        });
    deleteUnusedSoon();
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
